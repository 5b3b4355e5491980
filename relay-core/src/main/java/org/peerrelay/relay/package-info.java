/**
 * The forwarding plane's decisions: given a datagram's header and an immutable view of the links,
 * deliver it, forward it, or drop it for a named reason. Takes no lock and does no I/O, and may be
 * called by many event loops at once.
 */
@NullMarked
package org.peerrelay.relay;

import org.jspecify.annotations.NullMarked;
