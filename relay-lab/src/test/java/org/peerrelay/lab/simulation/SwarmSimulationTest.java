package org.peerrelay.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A swarm spread over many relays, some of which die: nobody misses anybody. */
class SwarmSimulationTest {
  private static SwarmFindings run(long seed, int relayDeaths) {
    Scenario network = Scenario.stable(30, 200).withSeed(seed);
    Schedule schedule =
        network.schedule().withJoinS(20).withSettleS(20).withMeasureS(60).withTicksS(0.1, 0.1);
    return SwarmSimulation.run(new SwarmScenario(network.withSchedule(schedule), 0.5, relayDeaths));
  }

  @Test
  void everybodyHearsOfEveryChange() {
    SwarmFindings found = run(11, 0);
    assertEquals(found.members(), found.complete(), found::toText);
    assertEquals(100, found.joins().percent(), found::toText);
    assertEquals(100, found.leaves().percent(), found::toText);
    assertEquals(100, found.deaths().percent(), found::toText);
    assertEquals(0, found.falseLeaves(), found::toText);
    assertEquals(0, found.missing(), found::toText);
    assertTrue(found.joins().seconds().max() <= 1, found::toText);
    assertTrue(found.leaves().seconds().max() <= 1, found::toText);
  }

  @Test
  void whatIsForAllComesToAll() {
    SwarmFindings found = run(12, 0);
    assertEquals(100, found.casts().percent(), found::toText);
  }

  @Test
  void theDeathsOfRelaysTakeNobodyWithThem() {
    SwarmFindings found = run(13, 5);
    assertEquals(0, found.falseLeaves(), found::toText);
    assertEquals(0, found.missing(), found::toText);
  }

  @Test
  void twoRunsOfOneSeedAreEqual() {
    assertEquals(run(14, 3), run(14, 3));
  }
}
