/**
 * The JSON text format of the npm package {@code peer-relay}: scanning a frame just far enough to
 * forward it, decoding the rest, and encoding. It accepts and writes what that package does.
 */
@NullMarked
package org.peerrelay.wire.legacy;

import org.jspecify.annotations.NullMarked;
