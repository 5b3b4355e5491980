package org.peerrelay.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.lab.load.Pace;

/**
 * How much is measured.
 *
 * @param rounds how often each server is started; everything is measured in each round
 * @param heatingRuns for how many seconds at most each server is loaded before anything is measured
 * @param flatOutTurns how often in a round each cell that is loaded flat out is measured
 * @param latencyTurns the same of the {@link #LATENCY} cell: what decides it comes some times a
 *     minute. Other cells with a rate have one turn
 * @param flatOut how long such a turn is. Short, so that all servers have theirs in the same
 *     weather: the same server may cost half as much again a minute later
 * @param latency how long a turn of that cell is: the machine has pauses of milliseconds some times
 *     a second, so that percentiles of a few seconds are a matter of luck
 * @param rate how long a turn of another cell with a rate is
 */
record ComparePlan(
    int rounds,
    int heatingRuns,
    int flatOutTurns,
    int latencyTurns,
    Duration flatOut,
    Duration latency,
    Duration rate) {
  static final ComparePlan FULL =
      new ComparePlan(
          3, 10, 5, 2, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(4));
  static final ComparePlan SHORT =
      new ComparePlan(
          1, 8, 2, 1, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2));

  private static final Duration SETTLING = Duration.ofMillis(300);

  static final List<Integer> CLIENTS = List.of(100, 1_000);
  static final int SMALL_BYTES = 100;
  static final int LARGE_BYTES = 1_024;
  static final int HIGH_RATE = 10_000;
  private static final int LOW_RATE = 1_000;

  /** The cell whose latency is compared. */
  static final Cell LATENCY = new Cell(100, SMALL_BYTES, new Pace.Rate(HIGH_RATE));

  /** After so many messages compilers have done what they do. */
  static final long HEATING_MESSAGES = 500_000;

  /** Enough to keep every server busy, and ten for each of 100 clients. */
  static final Pace FLAT_OUT = new Pace.Window(1_000);

  /**
   * The loads for so many clients, in this order: flat out comes first and tells which rates a
   * server cannot keep up with, which are left out.
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
    return new LoadRun(cell.payloadBytes(), cell.pace(), SETTLING, measured(cell));
  }

  private Duration measured(Cell cell) {
    if (cell.isFlatOut()) {
      return flatOut;
    }
    return cell.equals(LATENCY) ? latency : rate;
  }

  /** How often in a round a cell is measured. */
  int turns(Cell cell) {
    if (cell.isFlatOut()) {
      return flatOutTurns;
    }
    return cell.equals(LATENCY) ? latencyTurns : 1;
  }
}
