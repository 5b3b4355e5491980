package org.peerrelay.lab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small networks: what must come out where it is known, and that it repeats. */
class SimulationTest {
  /** Of more relays each may not know all others, and not all is found. */
  private static final int RELAYS = 15;

  private static final Scenario SMALL =
      Scenario.stable(RELAYS, 150)
          .withWorkload(Workload.DEFAULT.withPairs(300))
          .withSchedule(Schedule.DEFAULT.withJoinS(30).withSettleS(60).withMeasureS(60));

  private static Findings run(Scenario scenario) {
    return Simulation.run(scenario, progress -> {}).findings();
  }

  private static Findings unviolated(Scenario scenario) {
    Findings findings = run(scenario);
    assertEquals(List.of(), findings.violations(), () -> "seed " + scenario.seed());
    return findings;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void inAStableNetworkEverythingArrivesOnceAndInOneCopy(long seed) {
    Findings findings = unviolated(SMALL.withSeed(seed));
    assertEquals(300, findings.first().delivered(), () -> findings.first().lost().toString());
    assertEquals(300, findings.told().delivered(), () -> findings.told().lost().toString());
    assertEquals(1, findings.told().copiesPerHop());
    assertTrue(findings.told().hops().max() <= 3, () -> findings.told().hops().toString());
    assertEquals(RELAYS, findings.relays().state().nodes());
    assertEquals(150, findings.leaves().state().nodes());
  }

  @Test
  void legacyPeersAreReachedToo() {
    Findings findings = unviolated(SMALL.withLegacy(75));
    assertEquals(75, findings.legacy().state().nodes());
    assertTrue(findings.rate() > 0.99, () -> findings.first() + " " + findings.told());
  }

  @Test
  void twoRunsOfOneSeedAreEqualAndOtherSeedsDiffer() {
    Scenario scenario =
        SMALL
            .withLegacy(20)
            .withChurn(Churn.NONE.withRelayHalfLifeS(120).withLeafHalfLifeS(120))
            .withLinks(LinkModel.INTERNET.withLoss(0.01).withDuplication(0.01).withReordering(0.1));
    Findings findings = run(scenario);
    assertEquals(findings, run(scenario));
    assertNotEquals(findings, run(scenario.withSeed(scenario.seed() + 1)));
  }

  @Test
  void lossLosesDatagrams() {
    Findings findings = unviolated(SMALL.withLinks(LinkModel.INTERNET.withLoss(0.2)));
    assertTrue(findings.rate() > 0.2 && findings.rate() < 0.8, () -> "rate " + findings.rate());
    assertTrue(findings.wireLosses().getOrDefault("loss", 0L) > 100);
    assertTrue(findings.first().lost().containsKey("loss"));
  }

  @Test
  void whatLinksDoubleComesOnceAndIsCounted() {
    Findings findings = unviolated(SMALL.withLinks(LinkModel.INTERNET.withDuplication(0.5)));
    assertEquals(1, findings.rate());
    assertTrue(findings.drops().getOrDefault("DUPLICATE", 0L) > 100);
  }

  @Test
  void reorderingTakesTime() {
    Findings plain = unviolated(SMALL);
    Findings reordered = unviolated(SMALL.withLinks(LinkModel.INTERNET.withReordering(0.5)));
    assertTrue(reordered.first().latencyMs().mean() > 1.2 * plain.first().latencyMs().mean());
  }

  @Test
  void silentDeathsAreNoticedAndTheirPeersReachedAgain() {
    Churn silent = Churn.NONE.withRelayHalfLifeS(300).withSilent(1);
    Findings findings =
        unviolated(SMALL.withChurn(silent).withSchedule(SMALL.schedule().withMeasureS(300)));
    assertTrue(findings.deaths() > 5, () -> findings.deaths() + " deaths");
    assertTrue(findings.repair().seconds().count() > 5, () -> findings.repair().toString());
    // Links to who no longer answers are closed within a minute.
    double links = findings.relays().state().relayLinks().max();
    assertTrue(links < 2 * RELAYS, () -> "links " + links);
  }

  @Test
  void aPartitionCutsAndHeals() {
    Scenario scenario =
        SMALL
            .withPartition(new Partition(30, 120))
            .withSchedule(SMALL.schedule().withMeasureS(300))
            .withWorkload(SMALL.workload().withPairs(1_000));
    Findings findings = unviolated(scenario);
    List<Interval> lossy = new ArrayList<>(findings.timeline());
    lossy.removeIf(interval -> interval.sent() == interval.delivered());
    assertTrue(lossy.size() >= 10, lossy::toString);
    assertTrue(lossy.get(0).startS() >= 20, lossy::toString);
    assertTrue(findings.healedS() <= 90, () -> "healed after " + findings.healedS() + " s");
  }

  @Test
  void pointersExpireAfterTheirPeersHaveGone() {
    Findings findings = unviolated(SMALL.withSchedule(SMALL.schedule().runningOn()));
    assertEquals(1, findings.rate());
  }

  @Test
  void progressRunsFromTheBeginningToTheEnd() {
    List<SimulationProgress> told = new ArrayList<>();
    SimulationReport report = Simulation.run(SMALL, told::add);
    assertEquals(SimulationProgress.Phase.JOINING, told.get(0).phase());
    SimulationProgress last = told.get(told.size() - 1);
    assertEquals(1, last.part(), 1e-9);
    assertEquals(report.performance().events(), last.events());
    assertEquals(RELAYS, last.relays());
    assertEquals(150, last.peers());
  }

  @Test
  void theReportCanBeRead() {
    SimulationReport report = Simulation.run(SMALL, progress -> {});
    assertTrue(report.toText().contains("300 of 300 arrived, 100.0000 %"), report::toText);
    assertTrue(report.toJson().startsWith("{\"scenario\":{\"seed\":1,"), report::toJson);
    assertTrue(report.toJson().contains("\"first\":{\"sent\":300,"), report::toJson);
  }
}
