/**
 * Swarms: peers that find one another by a key that they share. Two state machines without I/O.
 *
 * <p>A <em>member</em> tells the relay that it is attached to, its <em>home</em>, that it belongs
 * to a swarm, and says so again before that ends. The home tells the relays nearest to the swarm's
 * id, the <em>holders</em>; the nearest of them, the <em>first holder</em>, tells all homes, and
 * each its own members. So a change crosses the network once to each relay that has members, and
 * what is for all members goes the same way. Digests bring to light what was lost.
 */
@NullMarked
package org.peerrelay.swarm;

import org.jspecify.annotations.NullMarked;
