/**
 * What every wire format shares: limits and the failures of decoding. Buffers in and out; no
 * sockets and no policy, so that a decoder can be tested with nothing but bytes.
 */
@NullMarked
package org.peerrelay.wire;

import org.jspecify.annotations.NullMarked;
