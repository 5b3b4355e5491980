package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * A host that is about to join.
 *
 * @param role what it is
 * @param id its id
 * @param address where it is
 * @param url where it listens; null if it does not
 * @param conduct what it does wrong; null for nothing
 */
record Newcomer(
    NodeRole role,
    PeerId id,
    Addresses.Address address,
    @Nullable String url,
    @Nullable Conduct conduct) {}
