package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.LinkFormat;

/** A node in a time of its own, which may stand still. */
class TicksTest {
  private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(Ticks.PERIOD_MS);

  private final HandlerBench bench = new HandlerBench();
  private final Ticks ticks = new Ticks(bench.host.node());
  private long nowNs;

  @AfterEach
  void end() {
    bench.close();
  }

  private void link() {
    WebSocketLink link =
        new WebSocketLink(
            PeerId.random(new Random(3)),
            null,
            LinkFormat.LEGACY,
            List.of(),
            bench.channel,
            bench.host.config(),
            bench.host.counters());
    nowNs = link.lastHeardNs();
    assertTrue(bench.host.node().onLinkUp(link, nowNs));
    bench.events.clear();
  }

  private void tickAfter(long pauseNs) {
    nowNs += pauseNs;
    ticks.onTick(nowNs);
  }

  private void tickFor(long durationNs) {
    for (long left = durationNs; left > 0; left -= PERIOD_NS) {
      tickAfter(PERIOD_NS);
    }
  }

  private long silent() {
    bench.channel.runPendingTasks();
    return bench.host.counters().snapshot().closed().getOrDefault(CloseReason.SILENT, 0L);
  }

  @ParameterizedTest
  @ValueSource(longs = {30, 60, 3_600})
  void aTickThatComesLatePingsAgainAndClosesNothing(long standstillS) {
    link();
    tickFor(TimeUnit.SECONDS.toNanos(16));
    assertEquals(List.of("ping"), bench.events);
    tickAfter(TimeUnit.SECONDS.toNanos(standstillS));
    assertEquals(List.of("ping", "ping"), bench.events);
    tickFor(TimeUnit.SECONDS.toNanos(29));
    assertEquals(0, silent());
    tickFor(TimeUnit.SECONDS.toNanos(2));
    assertEquals(1, silent());
  }

  @Test
  void aTickThatIsALittleLateChangesNothing() {
    link();
    tickFor(TimeUnit.SECONDS.toNanos(16));
    while (silent() == 0) {
      tickAfter(Ticks.STANDSTILL_NS - 1);
    }
    assertEquals(List.of("ping"), bench.events);
  }
}
