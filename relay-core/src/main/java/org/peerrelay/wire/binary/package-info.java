/**
 * Protocol 2, as docs/protocol.md defines it: the link handshake and the binary datagram.
 *
 * <p>Start with {@link org.peerrelay.wire.binary.DatagramLayout}.
 */
@NullMarked
package org.peerrelay.wire.binary;

import org.jspecify.annotations.NullMarked;
