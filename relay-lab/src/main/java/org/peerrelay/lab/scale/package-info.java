/**
 * Simulations that hold the overlay against its targets, one row of docs/scale.md each. {@code
 * scripts/simulate-scale} runs {@link org.peerrelay.lab.scale.Scale}.
 */
@NullMarked
package org.peerrelay.lab.scale;

import org.jspecify.annotations.NullMarked;
