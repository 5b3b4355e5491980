package org.peerrelay.lab.simulation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the datagrams of one kind. Those whose author or target died meanwhile are not in
 * it.
 *
 * @param sent how many, further tries not counted
 * @param delivered how many of them arrived
 * @param again how many arrived more than once
 * @param lost how many did not arrive, by where the last try ended
 * @param hops how many relays the delivered have passed
 * @param tries how many tries were made for each of the delivered, until its author was told that
 *     it had arrived
 * @param atTry how many of the delivered arrived as the first try, the second, and so on
 * @param latencyMs how long the try that arrived took
 * @param stretch how much longer its way took than a direct link would have
 * @param copiesPerHop frames on the wire for each hop of the ways, 1 if nobody makes copies
 */
public record Deliveries(
    long sent,
    long delivered,
    long again,
    SortedMap<String, Long> lost,
    Distribution hops,
    Distribution tries,
    SortedMap<Integer, Long> atTry,
    Distribution latencyMs,
    Distribution stretch,
    double copiesPerHop) {
  /** Copies the maps. */
  public Deliveries {
    lost = Collections.unmodifiableSortedMap(new TreeMap<>(lost));
    atTry = Collections.unmodifiableSortedMap(new TreeMap<>(atTry));
  }

  /** Which part arrived within so many tries, 0 to 1; 1 if none was sent. */
  public double rateWithin(int tries) {
    long within = atTry.headMap(tries + 1).values().stream().mapToLong(Long::longValue).sum();
    return sent == 0 ? 1 : (double) within / sent;
  }

  /** Which part arrived, 0 to 1; 1 if none was sent. */
  public double rate() {
    return sent == 0 ? 1 : (double) delivered / sent;
  }
}
