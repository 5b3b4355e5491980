package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  private static final String URL = "ws://localhost:1";

  @Test
  void withoutArgumentsItShowsTheHelpAsAnError() {
    Run run = Run.of();
    assertEquals(2, run.status());
    assertEquals(List.of(), run.out());
    assertTrue(String.join("\n", run.err()).contains("serve"), run::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "config",
        "listen",
        "send",
        "ping",
        "trace",
        "chat",
        "watch",
        "presence",
        "channel",
        "status",
        "id",
        "bench",
        "simulate"
      })
  void theHelpOfEveryCommandNamesExitStatusesAndTheEnvironment(String command) {
    Run run = Run.of(command, "--help");
    assertEquals(0, run.status());
    String help = String.join("\n", run.out());
    assertTrue(help.startsWith("Usage: relay " + command), help);
    assertTrue(help.contains("Exit status:\n  0"), help);
    assertTrue(help.contains("\n  130, 143"), help);
    assertTrue(help.contains("RELAY_DATA_JSON for --data-json"), help);
    assertTrue(run.out().stream().allMatch(line -> line.length() <= 80), help);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "serve --version", "send -V"})
  void theVersionIsOneLine(String line) {
    String version = Run.of(line.split(" ")).result();
    assertTrue(version.matches("relay (\\d+\\.\\d+\\.\\d+.*|\\(not packaged\\))"), version);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sned | unknown command: 'sned'; did you mean send?",
        "xyzzy | unknown command: 'xyzzy'",
        "--json serve | unknown option: '--json'; options stand after the command",
        "serve --prot 1 | unknown option: '--prot'; did you mean --port?",
        "serve --bootstrp=x | unknown option: '--bootstrp'; did you mean --bootstrap?",
        "serve --tokn=secret | unknown option: '--tokn'; did you mean --token?",
        "serve -x | unknown option: '-x'",
        "send --text x | unknown option: '--text'",
        "serve here | unexpected word: 'here'",
        "serve --port | Missing required parameter for option '--port' (PORT)",
        "serve -p http | --port: 'http' (expected: a number from 0 to 65535)",
        "serve -p 65536 | --port: '65536' (expected: a number from 0 to 65535)",
        "serve -p -1 | --port: '-1' (expected: a number from 0 to 65535)",
        "serve --host nosuch.invalid | --host: 'nosuch.invalid' (expected: a name or an address of"
            + " this machine)",
        "serve -b http://x | --bootstrap: 'http://x' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "serve --advertise x | --advertise: 'x' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "serve --advertise ws://x/?token=secret | --advertise: URL to tell others: 'ws://x/?...' with"
            + " a token (expected: none in it)",
        "serve --advertise ws://ann@x | --advertise: URL to tell others: 'ws://...' (expected: plain"
            + " ASCII, no punycode, zone, user or fragment, port 1 to 65535)",
        "serve --advertise ws://x/#y | --advertise: URL to tell others: 'ws://x/#...' (expected: plain"
            + " ASCII, no punycode, zone, user or fragment, port 1 to 65535)",
        "serve --advertise ws://xn--x | --advertise: URL to tell others: 'ws://xn--x' (expected: plain"
            + " ASCII, no punycode, zone, user or fragment, port 1 to 65535)",
        "serve --trusted-proxy 10.0.0.1/8 | --trusted-proxy: '10.0.0.1/8' (expected: an address, or a"
            + " block with zeros behind its prefix, as 10.0.0.0/8 or 2001:db8::/32)",
        "serve --origin https://x/ | --origin: 'https://x/' (expected: https://HOST or"
            + " https://HOST:PORT without a path, or null)",
        "serve -b ws:/x?token=secret | --bootstrap: 'ws:/x?...' (expected: ws://HOST:PORT or"
            + " wss://HOST:PORT)",
        "serve --access-url http://ann:secret@x/y | --access-url: 'http://...' (expected:"
            + " http://HOST:PORT/PATH or https://HOST:PORT/PATH, without a user)",
        "listen ws:/x?token=secret | URL: 'ws:/x?...' (expected: ws://HOST:PORT or"
            + " wss://HOST:PORT)",
        "send ws:/x?token=secret y | URL: 'ws:/x?...' (expected: ws://HOST:PORT or"
            + " wss://HOST:PORT)",
        "serve --legacy maybe | --legacy: 'maybe' (expected: on or off)",
        "serve --threads 0 | --threads: '0' (expected: a whole number from 1 to 256)",
        "serve --threads 257 | --threads: '257' (expected: a whole number from 1 to 256)",
        "serve --admin-port 65536 | --admin-port: '65536' (expected: a number from 0 to 65535)",
        "status ws://x | ADMIN-URL: 'ws://x' (expected: http://HOST:PORT)",
        "status http:// | ADMIN-URL: 'http://' (expected: http://HOST:PORT)",
        "status http://x:99999 | ADMIN-URL: 'http://x:99999' (expected: http://HOST:PORT)",
        "status http://x y | unexpected word: 'y'",
        "listen | Missing required parameter: 'URL'",
        "listen ws:// | URL: 'ws://' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "listen ws://x y | URL: 'y' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "listen ws://x:99999 | URL: 'ws://x:99999' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "send | URL: none (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "send x y z | URL: 'x' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "send http://x y | URL: 'http://x' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "send ws://x | ID: none (expected: 40 hexadecimal digits after the URL)",
        "send ws://x 12 hi | ID: '12' (expected: 40 hexadecimal digits)",
        "ping | URL: none (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "ping http://x y | URL: 'http://x' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "ping ws://x | ID: none (expected: 40 hexadecimal digits after the URL)",
        "ping ws://x 12 | ID: '12' (expected: 40 hexadecimal digits)",
        "ping ws://x " + Run.SOME_ID + " hi | unexpected word: 'hi'",
        "ping --count 0 | --count: '0' (expected: a whole number from 1 to 1000000)",
        "ping --interval 1.5 | --interval: '1.5' (expected: a whole number from 1 to 3600000)",
        "ping --timeout 0 | --timeout: '0' (expected: seconds, from 0.001 to 86400)",
        "trace | URL: none (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "trace ws://x 12 | ID: '12' (expected: 40 hexadecimal digits)",
        "trace ws://x " + Run.SOME_ID + " hi | unexpected word: 'hi'",
        "trace --count 1 | unknown option: '--count'",
        "chat | URL: none (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "chat ws://x | SWARM: none (expected: after the URL)",
        "chat ws://x room | TOPIC: none (expected: after the URL)",
        "chat ws://x y room talk | URL: 'y' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "chat ws://x room talk --key-file /dev/null | URL: 'room' (expected: ws://HOST:PORT or"
            + " wss://HOST:PORT)",
        "watch | URL: none (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "watch http://x room | URL: 'http://x' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "watch ws://x | SWARM: none (expected: after the URL)",
        "watch ws://x wss://y/?token=secret | SWARM: 'wss://y/' (expected: something else after"
            + " the URLs of relays)",
        "presence ws://x | SWARM: none (expected: after the URL)",
        "presence ws://x room --set [1 | --set: JSON at byte 2: end of text (expected: ']')",
        "bench | Missing required parameter: 'URL'",
        "bench http://x | URL: 'http://x' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "bench ws://x y | unexpected word: 'y'",
        "bench ws://x --clients 1 | --clients: '1' (expected: a whole number from 2 to 100000)",
        "bench ws://x --clients 100001 | --clients: '100001' (expected: a whole number from 2 to"
            + " 100000)",
        "bench ws://x --payload 27 | --payload: '27' (expected: a whole number from 28 to 65536)",
        "bench ws://x --payload 1k | --payload: '1k' (expected: a whole number from 28 to 65536)",
        "bench ws://x --rate 0 | --rate: '0' (expected: a whole number from 1 to 500000)",
        "bench ws://x --rate 1e3 | --rate: '1e3' (expected: a whole number from 1 to 500000)",
        "bench ws://x --seconds 0 | --seconds: '0' (expected: a whole number from 1 to 3600)",
        "bench ws://x --seconds 3601 | --seconds: '3601' (expected: a whole number from 1 to 3600)",
        "bench ws://x --protocol 1 | --protocol: '1' (expected: 2 or legacy)",
        "bench ws://x --rate 9 --flat-out | pace: two (expected: one of --rate and --flat-out)",
        "simulate x | unexpected word: 'x'",
        "simulate --relays 0 | --relays: '0' (expected: a whole number from 1 to 1000000)",
        "simulate --peers -1 | --peers: '-1' (expected: a whole number from 0 to 10000000)",
        "simulate --peers 1 | leaves: 1 (expected: 2 or more, of which one writes to another)",
        "simulate --legacy-peers x | --legacy-peers: 'x' (expected: a whole number from 0 to"
            + " 10000000)",
        "simulate --minutes 0 | --minutes: '0' (expected: a number from 0.02 to 10080)",
        "simulate --churn soon | --churn: 'soon' (expected: a number from 0 to 10080)",
        "simulate --silent-deaths 1.1 | --silent-deaths: '1.1' (expected: a number from 0 to 1)",
        "simulate --loss -0.1 | --loss: '-0.1' (expected: a number from 0 to 1)",
        "simulate --loss NaN | --loss: 'NaN' (expected: a number from 0 to 1)",
        "simulate --loss 1e-999999999999 | --loss: '1e-999999999999' (expected: a number from 0 to"
            + " 1)",
        "simulate --latency 0 | --latency: '0' (expected: a number from 0.01 to 10000)",
        "simulate --malicious 1.5 | --malicious: '1.5' (expected: a number from 0 to 1)",
        "simulate --malicious 1 --relays 10 | attackers: 10 (expected: less than the 10 relays)",
        "simulate --malice steal | --malice: 'steal' (expected: one of drop, lie, drop-or-lie,"
            + " false-pointers)",
        "simulate --eclipse 0 | --eclipse: '0' (expected: a whole number from 1 to 100000)",
        "simulate --eclipse 9 --malicious 0.1 | attack: two (expected: malicious relays or an"
            + " eclipse)",
        "simulate --scenario eclipse --malice lie | attack: two (expected: malicious relays or an"
            + " eclipse)",
        "simulate --partition 2 --minutes 2.5 | --minutes: '2.5' (expected: more than 2.5, when the"
            + " network is whole again)",
        "simulate --pairs 1e3 | --pairs: '1e3' (expected: a whole number from 0 to 100000000)",
        "simulate --tries 0 | --tries: '0' (expected: a whole number from 1 to 16)",
        "simulate --seed -1 | --seed: '-1' (expected: a whole number from 0 to 2147483647)",
        "simulate --scenario war | --scenario: 'war' (expected: one of stable, churn, malicious,"
            + " eclipse, partition)",
        "id --identity none | --identity: none (expected: a file, since a fresh id is of no use)",
      })
  void aMistakeIsToldInOneLine(String arguments, String expected) {
    int status = expected.startsWith("--host") ? 1 : 2;
    assertEquals(expected, Run.of(arguments.split(" ")).failure(status));
  }

  @Test
  void whereTheMistakeIsInTheSyntaxItSaysWhereHelpIs() {
    assertEquals("try: relay send --help", Run.of("send", "--tiemout", "1").err().get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.0009", "86401", "1e999999999", "NaN", "soon"})
  void aTimeoutIsSomeSeconds(String seconds) {
    assertEquals(
        "--timeout: '%s' (expected: seconds, from 0.001 to 86400)".formatted(seconds),
        Run.of("send", URL, Run.SOME_ID, "hi", "--timeout=" + seconds).failure(2));
  }

  @Test
  void exactlyOnePayloadMustBeGiven() {
    String expected = " (expected: exactly one of TEXT, --data-json and --file)";
    assertEquals("payload: none" + expected, Run.of("send", URL, Run.SOME_ID).failure(2));
    assertEquals(
        "payload: more than one" + expected,
        Run.of("send", URL, Run.SOME_ID, "hi", "--data-json", "1").failure(2));
    assertEquals(
        "payload: more than one" + expected,
        Run.of("send", URL, Run.SOME_ID, "--file", "x", "--data-json", "1").failure(2));
    assertEquals(
        "TEXT: 2 words (expected: one); put it in quotes",
        Run.of("send", URL, Run.SOME_ID, "hello", "world").failure(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": | JSON at byte 5: end of text (expected: a JSON value)",
        "[1,] | JSON at byte 3: 0x5d (expected: a JSON value)",
        "hello | JSON at byte 0: 0x68 (expected: a JSON value)",
        "1 2 | JSON at byte 2: 0x32 (expected: the end of the text)",
      })
  void invalidJsonIsToldWithItsPosition(String json, String expected) {
    String failure = Run.of("send", URL, Run.SOME_ID, "--data-json", json).failure(2);
    assertEquals("--data-json: " + expected, failure);
  }

  @Test
  void garbageOfAnyKindEndsInOneLineAndStatus2() {
    for (String garbage :
        List.of(
            "",
            " ",
            "-",
            "--",
            "---",
            "\u0000",
            "\u001b[2J",
            "a\nb",
            "@/etc/passwd",
            "%s%n$1",
            "-p",
            "${sys:user.home}",
            "\ud800",
            "x".repeat(10_000))) {
      for (String command :
          List.of(
              "serve",
              "listen",
              "send",
              "ping",
              "trace",
              "chat",
              "watch",
              "presence",
              "id",
              "bench",
              "simulate",
              "")) {
        String[] arguments =
            command.isEmpty() ? new String[] {garbage} : new String[] {command, garbage};
        if (garbage.equals("--")
            && !List.of("listen", "send", "ping", "trace", "chat", "watch", "presence", "bench")
                .contains(command)) {
          continue; // It says that no options follow, and none do.
        }
        String failure = Run.of(arguments).failure(2);
        assertTrue(
            failure.codePoints().noneMatch(Character::isISOControl),
            () -> String.format(Locale.ROOT, "%s %s: %s", command, garbage, failure));
      }
    }
  }
}
