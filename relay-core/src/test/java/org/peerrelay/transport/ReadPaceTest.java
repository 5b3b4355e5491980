package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.testing.Changed;

/** What is read of a connection in a time of its own. */
class ReadPaceTest {
  private static final int FRAMES_PER_S = 1_000;
  private static final int BYTES_PER_S = 100_000;
  private static final ConnectionLimits LIMITS =
      Changed.in(
          ConnectionLimits.DEFAULT, Map.of("framesPerS", FRAMES_PER_S, "bytesPerS", BYTES_PER_S));

  /** Close to where the clock's numbers turn negative. */
  private long nowNs = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(150);

  private final ReadPace pace = new ReadPace(nowNs);

  private long pauseMs(int frames, int bytes) {
    return TimeUnit.NANOSECONDS.toMillis(pace.pauseNs(frames, bytes, LIMITS, 1, nowNs));
  }

  @Test
  void aTenthOfASecondsWorthMayComeAtOnce() {
    assertEquals(0, pauseMs(100, 10_000));
    assertEquals(100, pauseMs(100, 0));
  }

  @Test
  void bytesCountAsFramesDo() {
    assertEquals(900, pauseMs(1, 100_000));
  }

  @Test
  void noPauseIsShorterThanATimerIsWorth() {
    assertEquals(5, pauseMs(101, 0));
  }

  @Test
  void whatIsSavedByRestingIsNoMoreThanABurst() {
    nowNs += TimeUnit.HOURS.toNanos(1);
    assertEquals(100, pauseMs(200, 0));
  }

  @Test
  void aRelayMaySendTenTimesAsMuch() {
    assertEquals(0, pace.pauseNs(1_000, 100_000, LIMITS, ConnectionLimits.RELAY_TIMES, nowNs));
    assertTrue(pace.pauseNs(100, 0, LIMITS, ConnectionLimits.RELAY_TIMES, nowNs) > 0);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void howeverItComesNoMoreIsReadThanMayBe(long seed) {
    Random random = new Random(seed);
    long startNs = nowNs;
    long frames = 0;
    long bytes = 0;
    while (nowNs - startNs < TimeUnit.MINUTES.toNanos(1)) {
      int read = 1 + random.nextInt(400);
      int size = read * random.nextInt(100);
      frames += read;
      bytes += size;
      nowNs += 1_000 + pace.pauseNs(read, size, LIMITS, 1, nowNs);
    }
    double seconds = (nowNs - startNs) / 1e9 + 0.1;
    assertEquals(FRAMES_PER_S, frames / seconds, 0.05 * FRAMES_PER_S);
    assertTrue(bytes / seconds <= BYTES_PER_S);
  }
}
