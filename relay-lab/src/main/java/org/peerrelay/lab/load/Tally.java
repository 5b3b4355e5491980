package org.peerrelay.lab.load;

import java.util.Arrays;
import java.util.BitSet;
import org.HdrHistogram.Histogram;

/**
 * What became of the messages of one run on one event loop. Pure: all times are arguments, in
 * nanoseconds since the run began. A message belongs to the measured ones if its intended send time
 * does; latency counts from that time, so that waiting for a slow relay is not left out.
 */
final class Tally {
  /** Messages that have not arrived after one to one and a half seconds leave the window. */
  private static final long EPOCH_NS = 500_000_000;

  private static final int EPOCHS_IN_FLIGHT = 2;
  private static final long LOWEST_LATENCY_NS = 1_000;
  private static final long HIGHEST_LATENCY_NS = 60_000_000_000L;
  private static final int LATENCY_DIGITS = 3;

  private final long fromNs;
  private long toNs;
  private final Histogram latencyNs =
      new Histogram(LOWEST_LATENCY_NS, HIGHEST_LATENCY_NS, LATENCY_DIGITS);
  private final BitSet arrived = new BitSet();

  private long nextSeq;
  private long everArrived;
  private long sent;
  private long late;
  private long blocked;
  private long delivered;
  private long arrivedMeanwhile;
  private long duplicates;
  private long corrupted;
  private long strays;
  private long connectionsLost;
  private long lastArrivalNs;

  private long inFlight;
  private int writtenOff;
  private long[] sentIn = new long[64];
  private long[] arrivedOf = new long[64];

  /** Counts what is intended from {@code fromNs} on and before {@code toNs}. */
  Tally(long fromNs, long toNs) {
    this.fromNs = fromNs;
    this.toNs = toNs;
  }

  /** Counts only what is intended before {@code timeNs}; nothing later may have been told of. */
  void end(long timeNs) {
    toNs = timeNs;
  }

  /** How long the measured time is; 0 if it ended before it began. */
  long measuredNs() {
    return Math.max(0, toNs - fromNs);
  }

  /** A message is about to be sent; returns its sequence number. */
  long onSend(long intendedNs) {
    int epoch = epoch(intendedNs);
    room(epoch);
    sentIn[epoch]++;
    inFlight++;
    if (isMeasured(intendedNs)) {
      sent++;
    }
    return nextSeq++;
  }

  /** The message just told of goes out late, since this program was kept from sending it. */
  void onLate(long intendedNs) {
    if (isMeasured(intendedNs)) {
      late++;
    }
  }

  /** The message just told of could not be sent, since its socket was full or gone. */
  void onBlocked() {
    blocked++;
  }

  /** A whole payload came in at the client that it was for. */
  void onArrived(long seq, long intendedNs, long nowNs) {
    if (seq >= nextSeq) {
      corrupted++;
      return;
    }
    if (arrived.get((int) seq)) {
      duplicates++;
      return;
    }
    arrived.set((int) seq);
    everArrived++;
    lastArrivalNs = nowNs;
    int epoch = epoch(intendedNs);
    arrivedOf[epoch]++;
    if (epoch >= writtenOff) {
      inFlight--;
    }
    if (isMeasured(nowNs)) {
      arrivedMeanwhile++;
    }
    if (isMeasured(intendedNs)) {
      delivered++;
      latencyNs.recordValue(Math.min(Math.max(nowNs - intendedNs, 0), HIGHEST_LATENCY_NS));
    }
  }

  /** A payload came in that nobody has sent so. */
  void onCorrupted() {
    corrupted++;
  }

  /** A payload came in at a client that it was not for. */
  void onStray() {
    strays++;
  }

  /** A connection broke. */
  void onConnectionLost() {
    connectionsLost++;
  }

  /** How many messages are on their way and not old enough to be given up. */
  long inFlight(long nowNs) {
    int oldest = epoch(nowNs) - EPOCHS_IN_FLIGHT;
    for (; writtenOff < oldest; writtenOff++) {
      room(writtenOff);
      inFlight -= sentIn[writtenOff] - arrivedOf[writtenOff];
    }
    return inFlight;
  }

  /** Whether nothing is on its way any more. */
  boolean isSettled() {
    return everArrived + blocked == nextSeq;
  }

  long sent() {
    return sent;
  }

  long late() {
    return late;
  }

  long blocked() {
    return blocked;
  }

  long delivered() {
    return delivered;
  }

  /** How many messages came in during the measured time, whenever they were sent. */
  long arrivedMeanwhile() {
    return arrivedMeanwhile;
  }

  long duplicates() {
    return duplicates;
  }

  long corrupted() {
    return corrupted;
  }

  long strays() {
    return strays;
  }

  long connectionsLost() {
    return connectionsLost;
  }

  long lastArrivalNs() {
    return lastArrivalNs;
  }

  Histogram latencyNs() {
    return latencyNs;
  }

  private boolean isMeasured(long timeNs) {
    return timeNs >= fromNs && timeNs < toNs;
  }

  private static int epoch(long timeNs) {
    return (int) (timeNs / EPOCH_NS);
  }

  private void room(int epoch) {
    if (epoch >= sentIn.length) {
      sentIn = Arrays.copyOf(sentIn, 2 * epoch);
      arrivedOf = Arrays.copyOf(arrivedOf, 2 * epoch);
    }
  }
}
