package org.peerrelay.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.peerrelay.id.PeerId;

/** Counts what becomes of pings. Any thread. */
final class PingTally {
  private final List<Duration> roundTrips = new ArrayList<>();
  private final Set<ExitStatus> losses = EnumSet.noneOf(ExitStatus.class);
  private final Runnable onAllEnded;
  private final int count;
  private int sent;
  private int ended;

  /**
   * Nothing sent yet.
   *
   * @param count how many pings there are to be
   * @param onAllEnded is run when the last of these has been answered or lost
   */
  PingTally(int count, Runnable onAllEnded) {
    this.count = count;
    this.onAllEnded = onAllEnded;
  }

  synchronized void onSent() {
    sent++;
  }

  synchronized void onPong(Duration roundTrip) {
    roundTrips.add(roundTrip);
    onEnded();
  }

  synchronized void onLost(Loss loss) {
    losses.add(loss.status());
    onEnded();
  }

  private void onEnded() {
    ended++;
    if (ended == count) {
      onAllEnded.run();
    }
  }

  /** What there is so far; what is still on its way counts as lost. */
  synchronized PingSummary summary(PeerId to) {
    ExitStatus status = losses.size() == 1 ? losses.iterator().next() : ExitStatus.NO_ANSWER;
    return new PingSummary(
        to,
        sent,
        roundTrips.stream().sorted().toList(),
        roundTrips.isEmpty() ? status : ExitStatus.OK);
  }
}
