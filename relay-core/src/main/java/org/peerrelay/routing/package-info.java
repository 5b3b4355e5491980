/**
 * How strangers are found: Kademlia's routing table and the search for the nearest ids. Pure: no
 * clock, no I/O.
 *
 * <p>Start with {@link org.peerrelay.routing.RoutingTable}; what it answers to a new contact is an
 * {@link org.peerrelay.routing.Insertion}. {@link org.peerrelay.routing.ClosestPeers} searches the
 * table, and sorted snapshots for the forwarding plane.
 */
@NullMarked
package org.peerrelay.routing;

import org.jspecify.annotations.NullMarked;
