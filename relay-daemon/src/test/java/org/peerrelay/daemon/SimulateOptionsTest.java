package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerrelay.lab.simulation.Attack;
import org.peerrelay.lab.simulation.Partition;
import org.peerrelay.lab.simulation.Scenario;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SimulateOptionsTest {
  @Command
  private static final class Holder {
    @Mixin private final SimulateOptions options = new SimulateOptions();
  }

  private static Scenario scenario(Map<String, String> environment, String... arguments)
      throws CommandFailedException {
    Holder holder = new Holder();
    new CommandLine(holder)
        .setDefaultValueProvider(new EnvironmentDefaults(environment))
        .parseArgs(arguments);
    return holder.options.scenario();
  }

  private static Scenario scenario(String... arguments) throws CommandFailedException {
    return scenario(Map.of(), arguments);
  }

  @Test
  void withoutOptionsAScenarioIsWhatItsNameSays() throws CommandFailedException {
    assertEquals(Scenario.stable(100, 1_000), scenario());
    assertEquals(Scenario.churn(50, 70), scenario("--scenario=churn", "--relays=50", "--peers=70"));
    assertEquals(Scenario.malicious(100, 1_000), scenario("--scenario=malicious"));
    assertEquals(Scenario.eclipse(100, 1_000), scenario("--scenario=eclipse"));
    assertEquals(Scenario.partition(100, 1_000), scenario("--scenario=partition"));
  }

  @Test
  void everyOptionCanComeFromTheEnvironment() throws CommandFailedException {
    Map<String, String> environment =
        Map.of(
            "RELAY_LEGACY_PEERS", "7",
            "RELAY_CHURN", "30",
            "RELAY_SILENT_DEATHS", "0.5",
            "RELAY_LOSS", "1e-3",
            "RELAY_LATENCY", "12.5",
            "RELAY_PAIRS", "9",
            "RELAY_TRIES", "3",
            "RELAY_MINUTES", "1.5",
            "RELAY_SEED", "8");
    Scenario scenario = scenario(environment);

    assertEquals(7, scenario.population().legacy());
    assertEquals(1_800, scenario.churn().relayHalfLifeS());
    assertEquals(0.5, scenario.churn().silent());
    assertEquals(0.001, scenario.links().loss());
    assertEquals(12.5, scenario.links().latencyMs());
    assertEquals(9, scenario.workload().pairs());
    assertEquals(3, scenario.workload().tries());
    assertEquals(90, scenario.schedule().measureS());
    assertEquals(8, scenario.seed());
  }

  @Test
  void attackersAreSomeOfTheRelaysOrMore() throws CommandFailedException {
    Scenario malicious = scenario("--malicious=0.3", "--malice=lie");
    assertEquals(new Attack(Attack.Kind.LIE, 30, 0), malicious.attack());
    assertEquals(100, malicious.population().relays());
    assertEquals(
        new Attack(Attack.Kind.DROP, 20, 0),
        scenario("--scenario=malicious", "--malice=drop").attack());
    Scenario eclipse = scenario("--eclipse=40");
    assertEquals(new Attack(Attack.Kind.ECLIPSE, 40, 4), eclipse.attack());
    assertEquals(140, eclipse.population().relays());
    assertEquals(eclipse, scenario("--scenario=eclipse", "--eclipse=40"));
  }

  @Test
  void aPartitionIsMeasuredUntilItHasLongHealed() throws CommandFailedException {
    Scenario scenario = scenario("--partition=10");
    assertEquals(new Partition(30, 600), scenario.partition());
    assertEquals(780, scenario.schedule().measureS());
    assertEquals(660, scenario("--partition=10", "--minutes=11").schedule().measureS());
  }
}
