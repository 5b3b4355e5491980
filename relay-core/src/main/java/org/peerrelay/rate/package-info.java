/**
 * How often something may happen: token buckets, which are told the time. Whoever keeps one owns
 * it.
 */
@NullMarked
package org.peerrelay.rate;

import org.jspecify.annotations.NullMarked;
