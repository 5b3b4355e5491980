/**
 * What the tests of every module share: the gate that fails a build in which a buffer leaked, and
 * an authority for certificates.
 */
@NullMarked
package org.peerrelay.testing;

import org.jspecify.annotations.NullMarked;
