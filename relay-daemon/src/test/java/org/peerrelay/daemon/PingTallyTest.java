package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;

class PingTallyTest {
  private static final Loss SILENCE = Loss.ofSilence(new TimeoutOption());
  private static final Loss NOT_THERE = Loss.of(DropReason.NO_ROUTE, true);
  private static final Loss NO_LINK = Loss.of(DropReason.NO_ROUTE, false);

  private final PeerId to = PeerId.random(new Random(1));
  private final AtomicInteger allEnded = new AtomicInteger();

  private ExitStatus statusAfter(Loss... losses) {
    PingTally tally = new PingTally(losses.length, allEnded::incrementAndGet);
    Stream.of(losses).forEach(loss -> tally.onSent());
    Stream.of(losses).forEach(tally::onLost);
    return tally.summary(to).status();
  }

  @Test
  void whereAllWereLostForOneReasonThatIsTheStatus() {
    assertEquals(ExitStatus.UNDELIVERABLE, statusAfter(NOT_THERE, NOT_THERE));
    assertEquals(ExitStatus.NO_LINK, statusAfter(NO_LINK));
    assertEquals(ExitStatus.NO_ANSWER, statusAfter(SILENCE, SILENCE));
    assertEquals(ExitStatus.NO_ANSWER, statusAfter(NOT_THERE, SILENCE));
  }

  @Test
  void oneAnswerIsEnough() {
    PingTally tally = new PingTally(2, allEnded::incrementAndGet);
    tally.onSent();
    tally.onLost(NOT_THERE);
    tally.onSent();
    assertEquals(0, allEnded.get());
    tally.onPong(Duration.ofMillis(3));
    assertEquals(1, allEnded.get());
    assertEquals(ExitStatus.OK, tally.summary(to).status());
  }

  @Test
  void whatIsStillOnItsWayCountsAsLost() {
    PingTally tally = new PingTally(9, allEnded::incrementAndGet);
    IntStream.range(0, 3).forEach(i -> tally.onSent());
    tally.onPong(Duration.ofMillis(3));
    String text = tally.summary(to).text();
    assertEquals("3 sent to " + to + ", 1 received, 66.7 % lost", text.lines().toList().get(0));
    assertEquals(0, allEnded.get());
  }

  @Test
  void percentilesAreOfTheNearestRank() {
    List<Integer> times = IntStream.rangeClosed(1, 200).boxed().toList();
    PingTally tally = new PingTally(200, allEnded::incrementAndGet);
    for (int ms : shuffled(times)) {
      tally.onSent();
      tally.onPong(Duration.ofMillis(ms));
    }
    assertEquals(
        "round trip in ms: min 1.00, avg 100.50, p50 100.00, p99 198.00, max 200.00",
        tally.summary(to).text().lines().toList().get(1));
  }

  private static List<Integer> shuffled(List<Integer> times) {
    List<Integer> shuffled = new ArrayList<>(times);
    Collections.shuffle(shuffled, new Random(5));
    return shuffled;
  }
}
