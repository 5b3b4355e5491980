package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Message;

class ProbesTest {
  private static final PeerId TARGET = new PeerId(1, 2, 3);
  private static final PeerId OTHER = new PeerId(4, 5, 6);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final long NONCE = 7;

  private final Probes probes = new Probes();

  private CompletableFuture<Duration> begin(PeerId to, long nonce, Duration timeout) {
    return probes.send(to, nonce, timeout, 1, attempt -> {}).thenApply(Acknowledgement::roundTrip);
  }

  private static Message.TraceHop hop(int hopsLeft, HopVerdict verdict, @Nullable PeerId next) {
    return new Message.TraceHop(NONCE, hopsLeft, verdict, next);
  }

  @Test
  void theTargetsAnswerEndsIt() throws Exception {
    CompletableFuture<Duration> answered = begin(TARGET, NONCE, LONG);
    probes.onPong(TARGET, NONCE);
    assertFalse(answered.get(20, TimeUnit.SECONDS).isNegative());
  }

  @Test
  void anothersAnswerAndAnotherNonceCountForNothing() {
    CompletableFuture<Duration> answered = begin(TARGET, NONCE, LONG);
    probes.onPong(OTHER, NONCE);
    probes.onPong(TARGET, NONCE + 1);
    assertFalse(probes.onUndeliverable(NONCE + 1, DropReason.NO_ROUTE));
    assertFalse(answered.isDone());
  }

  @Test
  void silenceEndsIt() {
    CompletableFuture<Duration> answered = begin(TARGET, NONCE, SHORT);
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> answered.get(20, TimeUnit.SECONDS));
    assertInstanceOf(TimeoutException.class, failed.getCause());
    assertFalse(probes.onUndeliverable(NONCE, DropReason.NO_ROUTE), "still waiting");
  }

  @Test
  void whatIsKnownToBeLostFailsOnce() {
    CompletableFuture<Duration> answered = begin(TARGET, NONCE, LONG);
    assertTrue(probes.onUndeliverable(NONCE, DropReason.NO_ROUTE));
    assertFalse(probes.onUndeliverable(NONCE, DropReason.NO_ROUTE), "told twice");
    ExecutionException failed = assertThrows(ExecutionException.class, answered::get);
    UndeliverableException why = assertInstanceOf(UndeliverableException.class, failed.getCause());
    assertEquals(DropReason.NO_ROUTE, why.reason());
    assertEquals("not delivered to " + TARGET + ": NO_ROUTE", why.getMessage());
  }

  @Test
  void whatHasBeenAnsweredIsNotLost() {
    CompletableFuture<Duration> answered = begin(TARGET, NONCE, LONG);
    probes.onPong(TARGET, NONCE);
    assertFalse(probes.onUndeliverable(NONCE, DropReason.NO_ROUTE));
    assertFalse(answered.isCompletedExceptionally());
  }

  @Test
  void aTraceIsInTheOrderOfTheWay() throws Exception {
    CompletableFuture<List<TraceHop>> trace = probes.beginTrace(TARGET, NONCE, LONG);
    probes.onTraceHop(OTHER, hop(19, HopVerdict.ATTACHED, TARGET));
    probes.onTraceHop(OTHER, hop(20, HopVerdict.TOWARDS_RELAY, OTHER));
    assertFalse(trace.isDone());
    probes.onTraceHop(TARGET, hop(18, HopVerdict.ARRIVED, null));
    List<TraceHop> hops = trace.get(20, TimeUnit.SECONDS);
    assertEquals(List.of(1, 2, 3), hops.stream().map(TraceHop::hop).toList());
    assertEquals(List.of(OTHER, OTHER, TARGET), hops.stream().map(TraceHop::node).toList());
  }

  @Test
  void aReportThatIsOvertakenByTheLastOneIsLost() throws Exception {
    CompletableFuture<List<TraceHop>> trace = probes.beginTrace(TARGET, NONCE, LONG);
    probes.onTraceHop(TARGET, hop(19, HopVerdict.ARRIVED, null));
    probes.onTraceHop(OTHER, hop(20, HopVerdict.ATTACHED, TARGET));
    assertEquals(1, trace.get(20, TimeUnit.SECONDS).size());
  }

  @ParameterizedTest
  @EnumSource(HopVerdict.class)
  void everyVerdictButPassingOnEndsATrace(HopVerdict verdict) {
    CompletableFuture<List<TraceHop>> trace = probes.beginTrace(TARGET, NONCE, LONG);
    probes.onTraceHop(OTHER, hop(20, verdict, null));
    boolean passedOn =
        List.of(HopVerdict.ATTACHED, HopVerdict.TOWARDS_RELAY, HopVerdict.TOWARDS_TARGET)
            .contains(verdict);
    assertEquals(!passedOn, trace.isDone());
  }

  @Test
  void aTraceThatIsNotAnsweredTellsWhatItHas() throws Exception {
    CompletableFuture<List<TraceHop>> trace =
        probes.beginTrace(TARGET, NONCE, Duration.ofMillis(200));
    probes.onTraceHop(OTHER, hop(20, HopVerdict.TOWARDS_TARGET, TARGET));
    List<TraceHop> hops = trace.get(20, TimeUnit.SECONDS);
    assertEquals(1, hops.size());
    assertEquals(HopVerdict.TOWARDS_TARGET, hops.get(0).verdict());
  }

  @Test
  void aTraceThatIsLostTellsWhatItHas() throws Exception {
    CompletableFuture<List<TraceHop>> trace = probes.beginTrace(TARGET, NONCE, LONG);
    assertTrue(probes.onUndeliverable(NONCE, DropReason.NO_LINK));
    assertEquals(List.of(), trace.get(20, TimeUnit.SECONDS));
  }

  @Test
  void aReportOfAnotherTraceCountsForNothing() {
    CompletableFuture<List<TraceHop>> trace = probes.beginTrace(TARGET, NONCE, LONG);
    probes.onTraceHop(TARGET, new Message.TraceHop(NONCE + 1, 20, HopVerdict.ARRIVED, null));
    assertFalse(trace.isDone());
  }
}
