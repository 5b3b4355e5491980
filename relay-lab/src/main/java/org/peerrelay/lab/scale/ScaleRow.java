package org.peerrelay.lab.scale;

import java.util.List;
import java.util.function.Function;
import org.peerrelay.lab.simulation.Scenario;
import org.peerrelay.lab.simulation.SimulationReport;

/**
 * One thing that is to hold, and what is simulated to see whether it does.
 *
 * @param name one word
 * @param heapGib how much heap the largest scenario needs
 * @param scenarios what is simulated, one after the other
 * @param checks what is made of their reports, in the same order
 */
record ScaleRow(
    String name,
    int heapGib,
    List<Scenario> scenarios,
    Function<List<SimulationReport>, List<Check>> checks) {
  /** Copies the list. */
  ScaleRow {
    scenarios = List.copyOf(scenarios);
  }
}
