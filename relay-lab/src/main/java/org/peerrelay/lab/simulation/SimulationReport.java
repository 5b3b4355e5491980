package org.peerrelay.lab.simulation;

/**
 * What came of a simulation.
 *
 * @param scenario what was simulated
 * @param findings what was found, equal for equal scenarios
 * @param performance what that cost
 */
public record SimulationReport(Scenario scenario, Findings findings, Performance performance) {
  /** A table for people, several lines. */
  public String toText() {
    return new ReportText(this).toString();
  }

  /** The report as one JSON object. */
  public String toJson() {
    return ReportJson.write(this);
  }
}
