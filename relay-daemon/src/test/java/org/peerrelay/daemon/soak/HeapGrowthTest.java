package org.peerrelay.daemon.soak;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peerrelay.id.PeerId;

/**
 * However many datagrams a relay has relayed, it keeps nothing of them. {@code -Dsoak.datagrams}
 * says how many they are, a million otherwise; its heap is measured at 100,000, at a million and at
 * every tenfold, and at the end.
 */
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.DAYS)
final class HeapGrowthTest {
  private static final long DATAGRAMS = Long.getLong("soak.datagrams", 1_000_000);
  private static final long FIRST_MEASURED = 100_000;
  private static final int MAX_HEAP_MIB = 64;
  private static final long MIB = 1 << 20;

  /** Classes, strings and buffers that come with use, and the noise between two measurements. */
  private static final long SLACK_BYTES = MIB;

  /**
   * The table of duplicates has two generations of 2 MiB, of 131,072 datagrams each. At the first
   * measurement there is one; long before a million there are both, and from then on they take
   * turns.
   */
  private static final long SECOND_GENERATION_BYTES = 2 * MIB;

  private final List<Lane> lanes = new ArrayList<>();
  private long relayed;

  @Test
  void theHeapDoesNotGrowWithWhatWasRelayed() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (SoakDaemon daemon = SoakDaemon.withHeap(MAX_HEAP_MIB)) {
      openLanes(URI.create(daemon.url()));
      List<Memory> measured = new ArrayList<>();
      for (long upTo = FIRST_MEASURED; relayed < DATAGRAMS; upTo *= 10) {
        relay(threads, Math.min(upTo, DATAGRAMS));
        Memory memory = Memory.of(daemon.pid());
        measured.add(memory);
        System.out.printf(
            "soak: heap: after %d datagrams %d bytes live, %d KiB resident%n",
            relayed, memory.heapBytes(), memory.residentKib());
      }
      check(measured);
      for (Lane lane : lanes) {
        lane.close();
      }
      daemon.stop();
    } finally {
      threads.shutdownNow();
    }
  }

  /** Every format into every other. */
  private void openLanes(URI url) throws IOException {
    Random random = new Random(1);
    lanes.add(new Lane(legacy(url, random), legacy(url, random)));
    lanes.add(new Lane(legacy(url, random), BinaryLoadPeer.connect(url)));
    lanes.add(new Lane(BinaryLoadPeer.connect(url), legacy(url, random)));
    lanes.add(new Lane(BinaryLoadPeer.connect(url), BinaryLoadPeer.connect(url)));
  }

  private static LoadPeer legacy(URI url, Random random) throws IOException {
    return LegacyLoadPeer.connect(url, PeerId.random(random));
  }

  /** Goes on until so many have been relayed in all, over each lane as many as it can. */
  private void relay(ExecutorService threads, long upTo) throws Exception {
    long startNs = System.nanoTime();
    long count = upTo - relayed;
    AtomicLong left = new AtomicLong(count);
    CompletionService<Long> running = new ExecutorCompletionService<>(threads);
    for (Lane lane : lanes) {
      running.submit(() -> lane.relay(left));
    }
    List<Long> shares = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      shares.add(running.take().get()); // the first that fails ends the run
    }
    relayed = upTo;
    System.out.printf(
        "soak: heap: %d datagrams, all arrived once and in order, %.0f a second, the fewest over"
            + " one lane %d%n",
        count, count * 1e9 / (System.nanoTime() - startNs), Collections.min(shares));
  }

  private static void check(List<Memory> measured) {
    for (int i = 1; i < measured.size(); i++) {
      boolean tablesFilled = i > 1;
      long before = measured.get(tablesFilled ? 1 : 0).heapBytes();
      long growth = measured.get(i).heapBytes() - before;
      long bound = tablesFilled ? SLACK_BYTES : SECOND_GENERATION_BYTES + SLACK_BYTES;
      assertTrue(
          growth < bound, "growth: " + growth + " bytes (expected: less than " + bound + ")");
    }
  }
}
