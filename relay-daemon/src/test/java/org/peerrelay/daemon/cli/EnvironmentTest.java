package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RELAY_PORT | tcp://10.0.0.1:80 | serve | a number from 0 to 65535",
        "RELAY_ADVERTISE | x | serve | ws://HOST:PORT or wss://HOST:PORT",
        "RELAY_DIAL_PRIVATE | 1 | serve | true or false",
        "RELAY_JSON | yes | id | true or false",
        "RELAY_VERBOSE | on | listen ws://localhost:1 | true or false",
        "RELAY_CLIENTS | many | bench ws://localhost:1 | a whole number from 2 to 100000",
        "RELAY_FLAT_OUT | 1 | bench ws://localhost:1 | true or false",
        "RELAY_PROTOCOL | 3 | bench ws://localhost:1 | 2 or legacy",
        "RELAY_LEGACY | no | serve | on or off",
        "RELAY_THREADS | all | serve | a whole number from 1 to 256",
        "RELAY_WAIT | yes | send | true or false",
        "RELAY_TRIES | 17 | send | a whole number from 1 to 16",
        "RELAY_COUNT | 0 | ping | a whole number from 1 to 1000000",
        "RELAY_INTERVAL | 1s | ping | a whole number from 1 to 3600000",
        "RELAY_TIMEOUT | 0 | trace | seconds, from 0.001 to 86400",
        "RELAY_TIMEOUT | soon | send | seconds, from 0.001 to 86400",
      })
  void aBadValueIsToldWithTheNameOfTheVariable(
      String variable, String value, String command, String expected) {
    assertEquals(
        "%s: '%s' (expected: %s)".formatted(variable, value, expected),
        Run.in(Map.of(variable, value), command.split(" ")).failure(2));
  }

  @Test
  void aBadUrlAmongSeveralIsTold() {
    assertEquals(
        "RELAY_BOOTSTRAP: 'oops' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        Run.in(Map.of("RELAY_BOOTSTRAP", "ws://a:1, ws://b:2 oops"), "serve").failure(2));
  }

  @Test
  void badJsonIsToldWithTheNameOfTheVariable() {
    assertEquals(
        "RELAY_DATA_JSON: JSON at byte 1: 0x5d (expected: a member's name)",
        Run.in(Map.of("RELAY_DATA_JSON", "{]"), "send").failure(2));
  }

  @Test
  void theCommandLineWins() {
    Path file = folder.resolve("mine.pem");
    Map<String, String> environment =
        Map.of("RELAY_IDENTITY", folder.resolve("other.pem").toString(), "RELAY_JSON", "true");
    String id = Run.in(environment, "id", "--identity", file.toString(), "--json").result();
    assertTrue(id.startsWith("{\"id\":"), id);
    assertTrue(Files.exists(file));
    assertTrue(Files.notExists(folder.resolve("other.pem")));
  }

  @Test
  void anEmptyVariableCountsAsNone() {
    Path file = folder.resolve("mine.pem");
    Map<String, String> environment = Map.of("RELAY_JSON", "", "RELAY_IDENTITY", file.toString());
    assertEquals(40, Run.in(environment, "id").result().length());
  }

  @Test
  void aDollarSignStaysOne() {
    Path file = folder.resolve("${sys:user.name}$$.pem");
    Run.in(Map.of("RELAY_IDENTITY", file.toString()), "id").result();
    assertTrue(Files.exists(file));
  }

  @Test
  void helpAndVersionAreNoVariables() {
    Path file = folder.resolve("mine.pem");
    Map<String, String> environment =
        Map.of("RELAY_VERSION", "1.2.3", "RELAY_HELP", "me", "RELAY_IDENTITY", file.toString());
    assertEquals(40, Run.in(environment, "id").result().length());
  }

  @Test
  void aPayloadOfTheEnvironmentGivesWayToOneOfTheCommandLine() {
    Map<String, String> environment = Map.of("RELAY_DATA_JSON", "1", "RELAY_TIMEOUT", "0.05");
    String nobody = "ws://localhost:1";
    Run.in(environment, "send", nobody, Run.SOME_ID).failure(3);
    Run.in(environment, "send", nobody, Run.SOME_ID, "hi").failure(3);
    assertEquals(
        "--file: cannot read nosuch (No such file or directory)",
        Run.in(environment, "send", nobody, Run.SOME_ID, "--file", "nosuch").failure(1));
  }

  @Test
  void anUnreadableFileIsToldWithTheNameOfTheVariable() {
    assertEquals(
        "RELAY_FILE: cannot read nosuch (No such file or directory)",
        Run.in(Map.of("RELAY_FILE", "nosuch"), "send", "ws://localhost:1", Run.SOME_ID).failure(1));
  }
}
