/** Makes those files of the packages that come from the code. Used by scripts/package alone. */
@NullMarked
package org.peerrelay.packaging;

import org.jspecify.annotations.NullMarked;
