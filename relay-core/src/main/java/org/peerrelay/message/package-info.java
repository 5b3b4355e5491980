/**
 * What peers say to one another, as immutable records: the header of a datagram and the control
 * messages. No bytes and no wire format; those are in {@code wire}.
 */
@NullMarked
package org.peerrelay.message;

import org.jspecify.annotations.NullMarked;
