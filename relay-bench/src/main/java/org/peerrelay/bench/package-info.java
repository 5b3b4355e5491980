/**
 * The comparison of our relay with others on one machine: {@link org.peerrelay.bench.Compare} runs
 * it, a {@link org.peerrelay.bench.Contender} is one server of it.
 */
@NullMarked
package org.peerrelay.bench;

import org.jspecify.annotations.NullMarked;
