package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerrelay.TraceHop;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.HopVerdict;

class TraceEndTest {
  private static final Random RANDOM = new Random(3);

  private final PeerId to = PeerId.random(RANDOM);

  private static TraceHop hop(int hop, HopVerdict verdict) {
    return new TraceHop(hop, PeerId.random(RANDOM), verdict, null, Duration.ofMillis(hop));
  }

  private TraceEnd end(TraceHop... hops) {
    return TraceEnd.of(to, List.of(hops), new TimeoutOption());
  }

  @ParameterizedTest
  @CsvSource({
    "ARRIVED, OK",
    "ATTACHED, NO_ANSWER",
    "TOWARDS_TARGET, NO_ANSWER",
    "TOWARDS_RELAY, NO_ANSWER",
    "LEGACY, NO_ANSWER",
    "NO_ROUTE, UNDELIVERABLE",
    "NOT_HERE, UNDELIVERABLE",
    "HOP_LIMIT, UNDELIVERABLE",
    "DROPPED, UNDELIVERABLE",
  })
  void theLastReportTellsTheEnd(HopVerdict verdict, ExitStatus status) {
    TraceHop last = hop(2, verdict);
    TraceEnd end = end(hop(1, HopVerdict.TOWARDS_TARGET), last);
    assertEquals(status, end.status());
    assertEquals(last, end.last());
  }

  @Test
  void whereOneCopyArrivedItDoesNotMatterWhatBecameOfOthers() {
    TraceEnd end = end(hop(2, HopVerdict.ARRIVED), hop(3, HopVerdict.NO_ROUTE));
    assertEquals(ExitStatus.OK, end.status());
    assertEquals("arrived at hop 2 after 2.00 ms", end.words());
  }

  @Test
  void withoutAnyReportItSaysWhoSendsNone() {
    TraceEnd end = end();
    assertEquals(ExitStatus.NO_ANSWER, end.status());
    assertEquals("no report within 5 s; npm peers and relays do not answer traces", end.words());
  }
}
