package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.lab.load.Pace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class BenchOptionsTest {
  @Command
  private static final class Holder {
    @Mixin private final BenchOptions options = new BenchOptions();
  }

  private static BenchOptions parse(Map<String, String> environment, String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder)
        .setDefaultValueProvider(new EnvironmentDefaults(environment))
        .parseArgs(arguments);
    return holder.options;
  }

  private static Pace pace(Map<String, String> environment, String... arguments)
      throws CommandFailedException {
    return parse(environment, arguments).run().pace();
  }

  @Test
  void withoutAnyTheLoadIsAModestOne() throws CommandFailedException {
    BenchOptions options = parse(Map.of());
    LoadRun run = options.run();

    assertEquals(100, options.clients());
    assertEquals(BenchProtocol.BINARY, options.protocol());
    assertEquals(100, run.payloadBytes());
    assertEquals(new Pace.Rate(1_000), run.pace());
    assertEquals(Duration.ofSeconds(1), run.warmUp());
    assertEquals(Duration.ofSeconds(10), run.measured());
  }

  @Test
  void everyOptionCanComeFromTheEnvironment() throws CommandFailedException {
    Map<String, String> environment =
        Map.of(
            "RELAY_CLIENTS", "100000",
            "RELAY_PAYLOAD", "65536",
            "RELAY_RATE", "500000",
            "RELAY_SECONDS", "3600",
            "RELAY_PROTOCOL", "legacy");
    BenchOptions options = parse(environment);

    assertEquals(100_000, options.clients());
    assertEquals(BenchProtocol.LEGACY, options.protocol());
    assertEquals(65_536, options.run().payloadBytes());
    assertEquals(new Pace.Rate(500_000), options.run().pace());
    assertEquals(Duration.ofHours(1), options.run().measured());
    assertEquals(new Pace.Window(1_000), pace(Map.of("RELAY_FLAT_OUT", "true")));
  }

  @Test
  void aPaceOnTheCommandLineWins() throws CommandFailedException {
    assertEquals(new Pace.Rate(5), pace(Map.of("RELAY_FLAT_OUT", "true"), "--rate=5"));
    assertEquals(new Pace.Window(1_000), pace(Map.of("RELAY_RATE", "5"), "--flat-out"));
    assertEquals(new Pace.Rate(5), pace(Map.of("RELAY_RATE", "5"), "--flat-out=false"));
    assertEquals(new Pace.Rate(5), pace(Map.of(), "--flat-out=false", "--rate=5"));
  }

  @Test
  void twoPacesAreRefused() {
    BenchOptions both = parse(Map.of(), "--rate=5", "--flat-out");
    assertEquals(ExitStatus.USAGE, assertThrows(CommandFailedException.class, both::run).status());
    BenchOptions ofEnvironment = parse(Map.of("RELAY_RATE", "5", "RELAY_FLAT_OUT", "true"));
    assertThrows(CommandFailedException.class, ofEnvironment::run);
  }

  @ParameterizedTest
  @CsvSource({"2, 100, 1000", "100, 65536, 100", "2, 65536, 2", "1000, 1024, 1000", "2, 1024, 128"})
  void flatOutNoQueueOfTheRelayIsFilled(int clients, int payloadBytes, int inFlight)
      throws CommandFailedException {
    assertEquals(
        new Pace.Window(inFlight),
        pace(Map.of(), "--flat-out", "--clients=" + clients, "--payload=" + payloadBytes));
  }
}
