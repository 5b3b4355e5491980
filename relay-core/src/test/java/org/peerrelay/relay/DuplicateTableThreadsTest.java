package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peerrelay.id.PeerId;

/** Many event loops ask at once. */
class DuplicateTableThreadsTest {
  private static final int THREADS = 8;
  private static final int KEYS = 100_000;
  private static final PeerId AUTHOR = new PeerId(1, 2, 3);

  /** Too long for any of these tests to see the end of. */
  private static final long LIFETIME_NS = Long.MAX_VALUE;

  @Test
  void ofCopiesThatComeInOnManyThreadsExactlyOneIsTheFirstAlsoWhileTheTableGrows()
      throws Exception {
    DuplicateTable table = new DuplicateTable(2 * KEYS, LIFETIME_NS, new Random(1));
    AtomicIntegerArray firsts = new AtomicIntegerArray(KEYS);

    onAllThreads(
        thread -> {
          for (int nonce = 0; nonce < KEYS; nonce++) {
            if (table.firstSight(AUTHOR, nonce, 0)) {
              firsts.incrementAndGet(nonce);
            }
          }
        });

    for (int nonce = 0; nonce < KEYS; nonce++) {
      assertEquals(1, firsts.get(nonce), "nonce " + nonce);
    }
  }

  @Test
  void whileGenerationsTurnAtLeastOneCopyIsTheFirstAndSeldomMore() throws Exception {
    DuplicateTable table = new DuplicateTable(1_000, LIFETIME_NS, new Random(1));
    AtomicIntegerArray firsts = new AtomicIntegerArray(KEYS);
    CyclicBarrier step = new CyclicBarrier(THREADS);

    onAllThreads(
        thread -> {
          for (int nonce = 0; nonce < KEYS; nonce++) {
            if (nonce % 100 == 0) {
              await(step);
            }
            if (table.firstSight(AUTHOR, nonce, 0)) {
              firsts.incrementAndGet(nonce);
            }
          }
        });

    int twice = 0;
    for (int nonce = 0; nonce < KEYS; nonce++) {
      assertTrue(firsts.get(nonce) >= 1, "nonce " + nonce);
      twice += firsts.get(nonce) > 1 ? 1 : 0;
    }
    assertTrue(twice < KEYS / 100, twice + " of " + KEYS + " passed more than once");
  }

  /**
   * Making a large generation takes a while, in which others go on presenting datagrams. They must
   * neither wait for it nor fill the small table up: a search in a full one would never end.
   */
  @Test
  @Timeout(20)
  void turningToALargeGenerationStopsNobody() throws Exception {
    DuplicateTable table = new DuplicateTable(4_000_000, LIFETIME_NS, new Random(1));

    onAllThreads(
        thread -> {
          for (int nonce = 0; nonce < KEYS; nonce++) {
            table.firstSight(AUTHOR, (long) thread * KEYS + nonce, 0);
          }
        });

    assertTrue(table.firstSight(AUTHOR, -1, 0));
  }

  /**
   * The control loop gives back the room of what has aged while an event loop takes it up again.
   */
  @Test
  void whatPassesWhileTheTableIsSweptIsRemembered() throws Exception {
    DuplicateTable table = new DuplicateTable(1_000, 1, new Random(1));
    AtomicInteger nowNs = new AtomicInteger(1);
    Thread sweeper =
        new Thread(
            () -> {
              while (nowNs.get() != 0) {
                table.sweep(nowNs.get());
              }
            });
    sweeper.start();
    int forgotten = 0;
    for (int now = 10; now < 10 * KEYS; now += 10) {
      nowNs.set(now);
      table.firstSight(AUTHOR, now, now);
      forgotten += table.hasSeen(AUTHOR, now, now) ? 0 : 1;
    }
    nowNs.set(0);
    sweeper.join();
    assertEquals(0, forgotten);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void onAllThreads(IntConsumer work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        tasks.add(
            () -> {
              start.await();
              work.accept(thread);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
