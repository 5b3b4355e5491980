/**
 * Presence: who is online in a swarm, and with which data, by gossip between its members. A pure
 * state machine: it is told the time, what came and who is a member, draws from a given source of
 * randomness, and has its effects carried out by a {@link org.peerrelay.presence.PresenceEffects}.
 *
 * <p>Start with {@link org.peerrelay.presence.PresenceNode}. It is made of two parts that know
 * little of each other:
 *
 * <ul>
 *   <li>{@link org.peerrelay.presence.Gossip} brings every member's newest signed records to every
 *       member. {@code Links} keeps about five links with random members; {@code Spread} pushes new
 *       records along a tree of those and announces them over the others; {@code AntiEntropy}
 *       compares what two neighbours have and fetches what was missed; {@code Bootstrap} fetches
 *       everything once; {@code Publisher} signs what this peer says of itself; {@code Intake} lets
 *       in what is new, signed and not too often, into the {@code RecordStore}.
 *   <li>{@link org.peerrelay.presence.PresenceGraph} makes of the records who is linked with whom,
 *       where both say so, and who can be reached that way: those are online. A {@link
 *       org.peerrelay.presence.RecordListener} hands it each new record, so that gossip runs
 *       without a graph too.
 * </ul>
 *
 * <p>Frames are objects here; {@link org.peerrelay.presence.FrameCodec} makes bytes of them.
 * Everything is owned by the thread that calls the node.
 */
@NullMarked
package org.peerrelay.presence;

import org.jspecify.annotations.NullMarked;
