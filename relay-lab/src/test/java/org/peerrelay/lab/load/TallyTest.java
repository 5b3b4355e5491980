package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long MS = 1_000_000;
  private static final long S = 1_000 * MS;

  private final Tally tally = new Tally(1 * S, 2 * S);

  private void send(long intendedNs, long arrivedNs) {
    tally.onArrived(tally.onSend(intendedNs), intendedNs, arrivedNs);
  }

  private LoadReport report() {
    return LoadReport.of(List.of(tally));
  }

  @Test
  void latencyCountsFromTheIntendedSendTime() {
    for (long i = 1; i <= 100; i++) {
      send(S + i * MS, S + 2 * i * MS);
    }

    assertEquals(50, report().latencyMs(50), 0.1);
    assertEquals(99, report().latencyMs(99), 0.1);
    assertEquals(100, report().latencyMs(100), 0.1);
  }

  @Test
  void aStallIsChargedToEveryMessageThatShouldHaveBeenSentMeanwhile() {
    long stallEndsNs = S + 500 * MS;
    for (int i = 0; i < 1_000; i++) {
      long intendedNs = S + i * MS;
      send(intendedNs, Math.max(intendedNs, stallEndsNs) + MS);
    }

    assertEquals(1, report().latencyMs(50), 0.1);
    assertEquals(401, report().latencyMs(90), 1);
    assertEquals(491, report().latencyMs(99), 1);
  }

  @Test
  void onlyMessagesIntendedInTheMeasuredTimeCount() {
    send(S - 1, S + 5);
    send(S, S + 5);
    send(2 * S - 1, 2 * S + 5);
    send(2 * S, 2 * S + 5);

    assertEquals(2, report().sent());
    assertEquals(2, report().delivered());
    assertEquals(2, report().latencyNs().getTotalCount());
  }

  @Test
  void throughputCountsWhateverArrivesInTheMeasuredTime() {
    send(S - 1, S);
    send(S + 1, 2 * S - 1);
    send(S + 1, 2 * S);

    assertEquals(2, report().arrivedMeanwhile());
    assertEquals(2, report().throughput());
  }

  @Test
  void lateMessagesCountIfTheyAreMeasured() {
    tally.onSend(S - 1);
    tally.onLate(S - 1);
    tally.onSend(S);
    tally.onLate(S);

    assertEquals(1, report().late());
  }

  @Test
  void endedEarlyItMeasuresWhatItHas() {
    send(S + 1, S + 2);
    tally.end(S + 500 * MS);
    tally.onSend(S + 500 * MS);

    assertEquals(0.5, report().seconds());
    assertEquals(1, report().sent());
    assertEquals(2, report().throughput());
  }

  @Test
  void endedBeforeItBeganItHasMeasuredNothing() {
    send(1, 2);
    tally.end(3);

    assertEquals(0, report().seconds());
    assertEquals(0, report().sent());
    assertEquals(0, report().throughput());
  }

  @Test
  void whatArrivesTwiceIsDeliveredOnce() {
    long seq = tally.onSend(S);
    tally.onArrived(seq, S, S + 1);
    tally.onArrived(seq, S, S + 2);

    assertEquals(1, report().delivered());
    assertEquals(1, report().duplicates());
    assertEquals(0, tally.inFlight(S));
  }

  @Test
  void whatDoesNotArriveIsLost() {
    send(S, S + 1);
    tally.onSend(S);
    tally.onSend(S);
    tally.onBlocked();

    assertEquals(2, report().lost());
    assertEquals(1, report().blocked());
    assertFalse(tally.isSettled());
  }

  @Test
  void isSettledWhenAllHasArrivedOrCouldNotBeSent() {
    send(S, S + 1);
    tally.onSend(S);
    tally.onBlocked();

    assertTrue(tally.isSettled());
  }

  @Test
  void aSequenceNumberThatNobodySentIsACorruptedPayload() {
    tally.onArrived(0, S, S);

    assertEquals(1, report().corrupted());
    assertEquals(0, report().delivered());
  }

  @Test
  void messagesThatDoNotArriveLeaveTheWindowAfterASecondAndAHalf() {
    long lost = tally.onSend(100 * MS);
    send(200 * MS, 300 * MS);

    assertEquals(1, tally.inFlight(1_499 * MS));
    assertEquals(0, tally.inFlight(1_500 * MS));

    tally.onArrived(lost, 100 * MS, 1_600 * MS);
    assertEquals(0, tally.inFlight(1_600 * MS));
  }

  @Test
  void theWindowHoldsOverAnHour() {
    for (long timeNs = 0; timeNs < 3_600 * S; timeNs += S) {
      tally.onSend(timeNs);
      assertTrue(tally.inFlight(timeNs) <= 2, "at " + timeNs);
    }
  }

  @Test
  void loopsAreAddedUp() {
    Tally other = new Tally(1 * S, 2 * S);
    send(S, S + 10 * MS);
    other.onArrived(other.onSend(S), S, S + 20 * MS);
    other.onConnectionLost();
    other.onStray();

    LoadReport both = LoadReport.of(List.of(tally, other));
    assertEquals(2, both.delivered());
    assertEquals(10, both.latencyMs(50), 0.1);
    assertEquals(20, both.latencyMs(100), 0.1);
    assertEquals(1, both.connectionsLost());
    assertEquals(1, both.strays());
  }
}
