package org.peerrelay.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events come in the order of their times, and those of one time in the order they were added. */
class EventQueueTest {
  private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

  private static final class Numbered extends Event {
    private final int number;

    Numbered(int number) {
      this.number = number;
    }

    @Override
    void happen() {}
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void eventsComeInOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    EventQueue queue = new EventQueue();
    List<Numbered> added = new ArrayList<>();
    List<Event> come = new ArrayList<>();
    long nowNs = 0;
    for (int i = 0; i < 10_000; i++) {
      Numbered event = new Numbered(i);
      added.add(event);
      // Many of them at the same time, some soon, some long after what the buckets cover.
      long delayNs = random.nextBoolean() ? random.nextLong(1_000) : random.nextLong(MINUTE_NS);
      queue.add(event, nowNs + (delayNs >> 7 << 7));
      if (random.nextInt(4) == 0) {
        long untilNs = nowNs + random.nextLong(100_000_000);
        for (Event next = queue.poll(untilNs); next != null; next = queue.poll(untilNs)) {
          come.add(next);
        }
        nowNs = untilNs;
      }
    }
    long endNs = nowNs + MINUTE_NS;
    for (Event next = queue.poll(endNs); next != null; next = queue.poll(endNs)) {
      come.add(next);
    }
    added.sort(
        Comparator.<Numbered>comparingLong(event -> event.timeNs)
            .thenComparingInt(event -> event.number));
    assertEquals(added, come);
  }

  @Test
  void nothingComesBeforeItsTime() {
    EventQueue queue = new EventQueue();
    queue.add(new Numbered(0), 10 * MINUTE_NS);
    assertNull(queue.poll(10 * MINUTE_NS - 1));
  }
}
