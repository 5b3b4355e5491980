package org.peerrelay.presence;

import java.util.List;
import org.peerrelay.id.PeerId;

/**
 * What a record, or the end of a membership, has changed in the graph.
 *
 * @param linked with whom the peer is linked now and was not
 * @param unlinked with whom it was linked and is no longer
 * @param joined who is reachable now and was not
 * @param left who was reachable and is no longer
 * @param visited how many nodes were looked at to find that out
 */
record GraphChange(
    List<PeerId> linked,
    List<PeerId> unlinked,
    List<PeerId> joined,
    List<PeerId> left,
    int visited) {}
