package org.peerrelay.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.lab.load.Pace;

/**
 * How much is measured.
 *
 * @param rounds how often each server is started and measured; medians are taken over these
 * @param latencyRounds how often the {@link #LATENCY} cell is measured beyond that, of those
 *     servers that can keep up: what decides it comes some times a minute
 * @param heatingRuns for how many seconds at most each server is loaded before anything is measured
 * @param flatOut how long each cell that is loaded flat out is measured
 * @param rate how long each cell with a rate is measured: the machine has pauses of milliseconds
 *     some times a second, so that percentiles of a few seconds are a matter of luck
 */
record ComparePlan(
    int rounds, int latencyRounds, int heatingRuns, Duration flatOut, Duration rate) {
  static final ComparePlan FULL =
      new ComparePlan(3, 6, 10, Duration.ofSeconds(3), Duration.ofSeconds(10));
  static final ComparePlan SHORT =
      new ComparePlan(1, 0, 8, Duration.ofSeconds(2), Duration.ofSeconds(2));
  static final ComparePlan LATENCY_ONLY =
      new ComparePlan(0, 9, 10, Duration.ofSeconds(3), Duration.ofSeconds(10));

  private static final Duration SETTLING = Duration.ofMillis(500);

  /** Longer, since compilers have yet to see what a server does when it has nothing to do. */
  private static final Duration RATE_SETTLING = Duration.ofSeconds(2);

  static final List<Integer> CLIENTS = List.of(100, 1_000);
  static final int SMALL_BYTES = 100;
  static final int LARGE_BYTES = 1_024;
  static final int HIGH_RATE = 10_000;
  private static final int LOW_RATE = 1_000;

  /** The cell whose latency is measured more often. */
  static final Cell LATENCY = new Cell(100, SMALL_BYTES, new Pace.Rate(HIGH_RATE));

  /** After so many messages compilers have done what they do. */
  static final long HEATING_MESSAGES = 500_000;

  /** Enough to keep every server busy, and ten for each of 100 clients. */
  static final Pace FLAT_OUT = new Pace.Window(1_000);

  /**
   * The loads for so many clients, in this order: a rate that a server cannot keep up with spoils
   * what comes after it, so flat out comes first and tells which rates to leave out.
   */
  static List<Cell> cells(int clients) {
    return List.of(
        new Cell(clients, SMALL_BYTES, FLAT_OUT),
        new Cell(clients, LARGE_BYTES, FLAT_OUT),
        new Cell(clients, SMALL_BYTES, new Pace.Rate(LOW_RATE)),
        new Cell(clients, SMALL_BYTES, new Pace.Rate(HIGH_RATE)));
  }

  static Stream<Cell> allCells() {
    return CLIENTS.stream().flatMap(clients -> cells(clients).stream());
  }

  /** One second of it. */
  static LoadRun heatingRun() {
    return new LoadRun(SMALL_BYTES, FLAT_OUT, Duration.ZERO, Duration.ofSeconds(1));
  }

  LoadRun run(Cell cell) {
    return cell.isFlatOut()
        ? new LoadRun(cell.payloadBytes(), cell.pace(), SETTLING, flatOut)
        : new LoadRun(cell.payloadBytes(), cell.pace(), RATE_SETTLING, rate);
  }
}
