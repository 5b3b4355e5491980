/** How the rivals of the comparison are spoken to. */
@NullMarked
package org.peerrelay.bench.shape;

import org.jspecify.annotations.NullMarked;
