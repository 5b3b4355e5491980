package org.peerrelay.lab.scale;

import java.util.List;
import java.util.function.Consumer;

/**
 * A row of docs/scale.md: something that is to hold, and a simulation that shows whether it does.
 */
sealed interface Row permits ScaleRow, PresenceRow {
  /**
   * What a row's simulations have found.
   *
   * @param checks what is to hold
   * @param seed of the first simulation
   * @param wallS how long they took, in seconds
   * @param events how many events were simulated
   */
  record Measured(List<Check> checks, long seed, double wallS, long events) {
    /** Copies the list. */
    public Measured {
      checks = List.copyOf(checks);
    }
  }

  /** One word. */
  String name();

  /** How much heap the largest simulation needs. */
  int heapGib();

  /**
   * Simulates.
   *
   * @param report is given the report of each simulation when it ends
   * @param progress is told how far a simulation is, often
   */
  Measured measure(Consumer<String> report, Consumer<String> progress);
}
