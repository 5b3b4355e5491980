/**
 * A deterministic simulator of whole networks. Start with {@link
 * org.peerrelay.lab.simulation.Simulation}; a {@link org.peerrelay.lab.simulation.Scenario} says
 * what is simulated.
 *
 * <p>It runs the nodes of relay-core as they are, on virtual time and over virtual links, which
 * carry headers and messages as objects. One thread does everything, and all randomness comes from
 * the scenario's seed, so that two runs of a scenario are equal.
 */
@NullMarked
package org.peerrelay.lab.simulation;

import org.jspecify.annotations.NullMarked;
