package org.peerrelay.lab.simulation;

import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts what became of watched datagrams of one kind. */
final class DeliveryTally {
  private static final int DIGITS = 3;
  private static final double US = 1e3;
  private static final double THOUSANDTHS = 1e3;

  private long sent;
  private long delivered;
  private long again;
  private long frames;
  private long steps;
  private final SortedMap<String, Long> lost = new TreeMap<>();
  private final Histogram hops = new Histogram(DIGITS);
  private final SortedMap<Integer, Long> atTry = new TreeMap<>();
  private final Histogram tries = new Histogram(DIGITS);
  private final Histogram latencyUs = new Histogram(DIGITS);
  private final Histogram stretch = new Histogram(DIGITS);

  void onDelivered(Sending sending, long directNs) {
    Journey journey = sending.decisive();
    long tookNs = journey.arrivedNs - journey.sentNs;
    sent++;
    delivered++;
    again += sending.arrivals() > 1 ? 1 : 0;
    frames += journey.frames;
    steps += journey.relaysPassed + 1;
    hops.recordValue(journey.relaysPassed);
    tries.recordValue(sending.tries());
    atTry.merge(sending.arrivedAt(), 1L, Long::sum);
    latencyUs.recordValue((long) (tookNs / US));
    stretch.recordValue((long) (THOUSANDTHS * tookNs / directNs));
  }

  void onLost(Journey journey) {
    sent++;
    lost.merge(journey.ending(), 1L, Long::sum);
  }

  Deliveries deliveries() {
    return new Deliveries(
        sent,
        delivered,
        again,
        lost,
        Distribution.of(hops, 1),
        Distribution.of(tries, 1),
        atTry,
        Distribution.of(latencyUs, US),
        Distribution.of(stretch, THOUSANDTHS),
        steps == 0 ? 0 : (double) frames / steps);
  }
}
