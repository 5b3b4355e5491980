package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.List;

/** Counts watched datagrams by when they were sent. */
final class Timeline {
  /** Length of an interval. */
  private static final double LENGTH_S = 10;

  private static final double NS = 1e9;

  private final List<long[]> counts = new ArrayList<>();

  /** A datagram was sent {@code atNs} after measuring began. */
  void count(long atNs, boolean delivered) {
    int interval = (int) (atNs / NS / LENGTH_S);
    while (counts.size() <= interval) {
      counts.add(new long[2]);
    }
    counts.get(interval)[0]++;
    counts.get(interval)[1] += delivered ? 1 : 0;
  }

  List<Interval> intervals() {
    List<Interval> intervals = new ArrayList<>();
    for (long[] count : counts) {
      intervals.add(new Interval(intervals.size() * LENGTH_S, LENGTH_S, count[0], count[1]));
    }
    return intervals;
  }
}
