package org.peerrelay.bench.micro;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.ClosestPeers;

/** The id nearest to a random target among sorted ids. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClosestPeersBenchmark {
  private static final long SEED = 1;
  private static final int TARGETS = 1_024;

  /** How many ids there are. */
  @Param({"16", "1000", "100000"})
  int ids;

  private PeerId[] sorted = {};
  private PeerId[] targets = {};
  private int next;

  /** Draws ids and targets. */
  @Setup
  public void draw() {
    Random random = new Random(SEED);
    sorted = draw(random, ids);
    Arrays.sort(sorted);
    targets = draw(random, TARGETS);
  }

  private static PeerId[] draw(Random random, int count) {
    return Stream.generate(() -> PeerId.random(random)).limit(count).toArray(PeerId[]::new);
  }

  /** Looks for the nearest of all. */
  @Benchmark
  public int nearest() {
    return ClosestPeers.nearestIndex(sorted, target(), index -> true);
  }

  /** Looks for the nearest where every second one is refused. */
  @Benchmark
  public int nearestOfHalf() {
    return ClosestPeers.nearestIndex(sorted, target(), index -> (index & 1) == 0);
  }

  private PeerId target() {
    return targets[next++ & (TARGETS - 1)];
  }
}
