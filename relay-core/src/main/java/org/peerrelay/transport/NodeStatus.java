package org.peerrelay.transport;

import java.util.List;
import org.peerrelay.relay.Counters;

/**
 * What there is to know of a node at one moment.
 *
 * @param counters what became of datagrams and links since it began
 * @param links the links that there are
 * @param traffic what went over all links since it began
 * @param pointersHeld how many pointers have been published to it
 */
public record NodeStatus(
    Counters.Snapshot counters, List<LinkStatus> links, Traffic traffic, int pointersHeld) {
  /** Copies the list. */
  public NodeStatus {
    links = List.copyOf(links);
  }
}
