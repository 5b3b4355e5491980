package org.peerrelay.transport;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.relay.Counters;

/**
 * What there is to know of a node at one moment.
 *
 * @param counters what became of datagrams and links since it began
 * @param links the links that there are
 * @param traffic what went over all links since it began
 * @param pointersHeld how many pointers have been published to it
 * @param swarms how many swarms a relay knows of
 * @param swarmMembers how many members of all of them, those who have left of late among them
 * @param certificateExpires until when the listener's certificate holds; null if it speaks no TLS
 */
public record NodeStatus(
    Counters.Snapshot counters,
    List<LinkStatus> links,
    Traffic traffic,
    int pointersHeld,
    int swarms,
    int swarmMembers,
    @Nullable Instant certificateExpires) {
  /** Copies the list. */
  public NodeStatus {
    links = List.copyOf(links);
  }
}
