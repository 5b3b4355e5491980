package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static List<Integer> ofEight(IntUnaryOperator number) {
    return IntStream.range(0, 8).map(number).boxed().toList();
  }

  @Test
  void threeOfFourDifferAtTheFirstRelayOnly() {
    assertEquals(
        List.of(0, 1, 2, 5, 3, 4, 5, 6), ofEight(attempt -> Attempts.skipped(attempt, true)));
    assertEquals(
        List.of(0, 0, 0, 5, 0, 0, 0, 5), ofEight(attempt -> Attempts.skipped(attempt, false)));
  }

  @Test
  void theFourthEvadesFiveNetworks() {
    assertEquals(List.of(0, 0, 0, 5, 0, 0, 0, 5), ofEight(Attempts::evaded));
    assertEquals(5, Attempts.evaded(Attempts.EVADING));
    assertEquals(0, Attempts.skipped(Attempts.STRAIGHT, true));
  }

  @Test
  void ofEachFourOneEvades() {
    assertEquals(List.of(3, 3, 3, 3, 7, 7, 7, 7), ofEight(Attempts::evading));
  }

  @Test
  void fourInARowAndFourThatEvadeReachFourRelays() {
    for (int first = 0; first < 16; first += 4) {
      int from = first;
      assertEquals(4, IntStream.range(from, from + 4).map(AttemptsTest::relay).distinct().count());
    }
    assertEquals(4, IntStream.of(3, 7, 11, 15).map(AttemptsTest::relay).distinct().count());
  }

  private static int relay(int attempt) {
    return Attempts.relay(attempt) % 4;
  }
}
