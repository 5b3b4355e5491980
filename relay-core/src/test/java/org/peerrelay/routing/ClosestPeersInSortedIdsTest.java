package org.peerrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class ClosestPeersInSortedIdsTest {
  private static final int SNAPSHOTS = 1_000;

  @Test
  void theNearestIdsAreThoseThatSortingAllOfThemGives() {
    for (int seed = 0; seed < SNAPSHOTS; seed++) {
      Random random = new Random(seed);
      PeerId[] sorted = TestIds.draw(random, random.nextInt(300)).toArray(PeerId[]::new);
      boolean[] accepted = new boolean[sorted.length];
      int inverseShare = 1 + random.nextInt(20);
      for (int i = 0; i < accepted.length; i++) {
        accepted[i] = random.nextInt(inverseShare) == 0;
      }
      for (int i = 0; i < 10; i++) {
        PeerId target = TestIds.target(random, List.of(sorted));
        int[] found = new int[random.nextInt(30)];
        int[] all = byDistance(sorted, target, index -> accepted[index]);
        int count = ClosestPeers.nearestIndexes(sorted, target, index -> accepted[index], found);

        String where = "seed " + seed + ", target " + target;
        assertEquals(
            Arrays.toString(Arrays.copyOf(all, Math.min(all.length, found.length))),
            Arrays.toString(Arrays.copyOf(found, count)),
            where);
        assertEquals(
            all.length == 0 ? -1 : all[0],
            ClosestPeers.nearestIndex(sorted, target, index -> accepted[index]),
            where);
      }
    }
  }

  @Test
  void allIdsAreFoundInTheOrderOfTheirDistance() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      PeerId[] sorted = TestIds.draw(random, 1 + random.nextInt(500)).toArray(PeerId[]::new);
      PeerId target = TestIds.target(random, List.of(sorted));
      int[] found = new int[sorted.length];

      assertEquals(
          sorted.length,
          ClosestPeers.nearestIndexes(sorted, target, Accept::any, found),
          "seed " + seed);
      assertEquals(
          Arrays.toString(byDistance(sorted, target, Accept::any)),
          Arrays.toString(found),
          "seed " + seed + ", target " + target);
    }
  }

  @Test
  void noIdsHaveNoNearest() {
    PeerId target = PeerId.random(new Random(1));

    assertEquals(-1, ClosestPeers.nearestIndex(new PeerId[0], target, Accept::any));
    assertEquals(0, ClosestPeers.nearestIndexes(new PeerId[0], target, Accept::any, new int[3]));
  }

  @Test
  void theFilterIsAskedOnlyForTheNearestUntilEnoughAreFound() {
    Random random = new Random(2);
    PeerId[] sorted = TestIds.draw(random, 1_000).toArray(PeerId[]::new);
    PeerId target = PeerId.random(random);
    PeerId refused = sorted[byDistance(sorted, target, Accept::any)[1]];
    AtomicInteger asked = new AtomicInteger();
    IntPredicate accepts =
        index -> {
          asked.incrementAndGet();
          return !sorted[index].equals(refused);
        };

    assertEquals(4, ClosestPeers.nearestIndexes(sorted, target, accepts, new int[4]));
    assertEquals(5, asked.get());
    assertEquals(0, ClosestPeers.nearestIndexes(sorted, target, accepts, new int[0]));
    assertEquals(5, asked.get());
  }

  @Test
  void aSearchAllocatesNothing() {
    Random random = new Random(3);
    PeerId[] sorted = TestIds.draw(random, 1_000).toArray(PeerId[]::new);
    PeerId[] targets = TestIds.draw(random, 1_000).toArray(PeerId[]::new);
    int[] found = new int[20];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    searchAll(sorted, targets, found);

    long before = threads.getCurrentThreadAllocatedBytes();
    searchAll(sorted, targets, found);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // Less than a byte a search: what there is comes from the measuring.
    assertTrue(allocated < targets.length, () -> allocated + " bytes were allocated");
  }

  private static void searchAll(PeerId[] sorted, PeerId[] targets, int[] found) {
    for (PeerId target : targets) {
      ClosestPeers.nearestIndex(sorted, target, Accept::any);
      ClosestPeers.nearestIndexes(sorted, target, Accept::any, found);
    }
  }

  private static int[] byDistance(PeerId[] sorted, PeerId target, IntPredicate accepts) {
    return IntStream.range(0, sorted.length)
        .filter(accepts)
        .boxed()
        .sorted((a, b) -> target.compareDistance(sorted[a], sorted[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static final class Accept {
    static boolean any(int index) {
      return index >= 0;
    }
  }
}
