package org.peerrelay.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.peerrelay.daemon.Console;
import org.peerrelay.daemon.RelayCommand;

/**
 * What came of a command that was run to its end in this process.
 *
 * @param status the exit status
 * @param out lines on standard output
 * @param err lines on standard error
 */
record Run(int status, List<String> out, List<String> err) {
  /** Forty digits; nobody has this id. */
  static final String SOME_ID = "00112233445566778899aabbccddeeff00112233";

  static Run of(String... arguments) {
    return in(Map.of(), new byte[0], arguments);
  }

  static Run in(Map<String, String> environment, String... arguments) {
    return in(environment, new byte[0], arguments);
  }

  static Run in(Map<String, String> environment, byte[] input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input), out, new PrintStream(err, true, UTF_8), environment);
    int status = RelayCommand.run(console, arguments);
    return new Run(
        status, out.toString(UTF_8).lines().toList(), err.toString(UTF_8).lines().toList());
  }

  /** Checks that it failed with one clear line, and returns that. */
  String failure(int expectedStatus) {
    assertEquals(expectedStatus, status, this::toString);
    assertEquals(List.of(), out, this::toString);
    assertFalse(err.isEmpty(), this::toString);
    List<String> hint = err.subList(1, err.size());
    assertEquals(List.of(), hint.stream().filter(line -> !line.startsWith("try: relay ")).toList());
    String line = err.get(0);
    assertEquals("relay: ", line.substring(0, 7), this::toString);
    return line.substring(7);
  }

  /** Checks that it succeeded with one line and nothing else to say, and returns that. */
  String result() {
    assertEquals(0, status, this::toString);
    assertEquals(List.of(), err, this::toString);
    assertEquals(1, out.size(), this::toString);
    return out.get(0);
  }
}
