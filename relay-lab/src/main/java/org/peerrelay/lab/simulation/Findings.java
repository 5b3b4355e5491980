package org.peerrelay.lab.simulation;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulation has found; the same whenever and wherever the scenario is run.
 *
 * @param first datagrams to peers that their authors write to for the first time
 * @param told the second ones, some seconds later
 * @param timeline both, by when they were sent
 * @param healedS how many seconds after the end of a partition the last datagram was sent that did
 *     not arrive; 0 if all did, or there was none
 * @param repair how long peers were out of reach
 * @param relays what was found of relays that do nothing wrong
 * @param leaves of leaves
 * @param legacy of legacy peers
 * @param drops datagrams of all kinds that nodes dropped, by reason
 * @param wireLosses frames that links lost, by reason
 * @param deaths how many nodes have died, and were replaced
 * @param violations what must never happen and did, with time; the first hundred
 */
public record Findings(
    Deliveries first,
    Deliveries told,
    List<Interval> timeline,
    double healedS,
    Repair repair,
    RoleFindings relays,
    RoleFindings leaves,
    RoleFindings legacy,
    SortedMap<String, Long> drops,
    SortedMap<String, Long> wireLosses,
    long deaths,
    List<String> violations) {
  /** Copies the collections. */
  public Findings {
    timeline = List.copyOf(timeline);
    drops = Collections.unmodifiableSortedMap(new TreeMap<>(drops));
    wireLosses = Collections.unmodifiableSortedMap(new TreeMap<>(wireLosses));
    violations = List.copyOf(violations);
  }

  /** Which part of all datagrams arrived, 0 to 1. */
  public double rate() {
    long sent = first.sent() + told.sent();
    return sent == 0 ? 1 : (double) (first.delivered() + told.delivered()) / sent;
  }
}
