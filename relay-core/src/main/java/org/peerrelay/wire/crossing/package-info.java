/** Datagrams taken from one wire format into the other. */
@NullMarked
package org.peerrelay.wire.crossing;

import org.jspecify.annotations.NullMarked;
