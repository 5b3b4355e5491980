/**
 * What the person who runs a relay can look at, on a port of its own: {@link
 * org.peerrelay.daemon.admin.Admin} is the listener, {@link org.peerrelay.daemon.admin.Health} says
 * whether the relay is well. It has a thread of its own, so that looking holds up no datagram, and
 * answers when the event loops do not.
 */
@NullMarked
package org.peerrelay.daemon.admin;

import org.jspecify.annotations.NullMarked;
