package org.peerrelay.swarm;

import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;

/**
 * What the swarms of one node have in common.
 *
 * @param self the node, a member of each
 * @param homes the relays that may be their home
 * @param random draws tokens and jitter
 */
record MemberHost(
    PeerId self, Homes homes, MemberConfig config, RandomGenerator random, SwarmEffects effects) {}
