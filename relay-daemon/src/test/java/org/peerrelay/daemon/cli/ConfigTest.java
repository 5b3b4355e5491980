package org.peerrelay.daemon.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings from a file, and what {@code relay config} says of them. */
class ConfigTest {
  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("relay.properties"), text);
  }

  /** The row of one key, with single spaces. */
  private static String row(Run run, String key) {
    assertEquals(0, run.status(), run::toString);
    List<String> rows = run.out().stream().filter(row -> row.startsWith(key + " ")).toList();
    assertEquals(1, rows.size(), run::toString);
    return rows.get(0).replaceAll(" +", " ");
  }

  @Test
  void theCommandLineComesBeforeTheEnvironmentThenTheFileThenTheDefault() throws IOException {
    Path file = write("# all of them\nport=1\nhost = 127.0.0.1\n\nlegacy: off\n");
    Map<String, String> environment =
        Map.of("RELAY_PORT", "2", "RELAY_HOST", "127.0.0.2", "RELAY_CONFIG", file.toString());
    Run run = Run.in(environment, "config", "--port", "3");
    assertEquals("port 3 command line", row(run, "port"));
    assertEquals("host 127.0.0.2 RELAY_HOST", row(run, "host"));
    assertEquals("legacy off " + file + ":5", row(run, "legacy"));
    assertTrue(row(run, "max-channels").endsWith(" default"), run::toString);
    assertEquals("advertise - default", row(run, "advertise"));
  }

  @Test
  void theCommandLineNamesTheFileToo() throws IOException {
    Path file =
        write("bootstrap=ws://a:1, \\\n   ws://b:2\nidentity=${user.home}$$/x\nverbose=true");
    Map<String, String> environment = Map.of("RELAY_CONFIG", "/nosuch");
    Run run = Run.in(environment, "config", "--config=" + file);
    assertEquals("bootstrap ws://a:1,ws://b:2 " + file + ":1", row(run, "bootstrap"));
    assertEquals("identity ${user.home}$$/x " + file + ":3", row(run, "identity"));
    assertEquals("verbose true " + file + ":4", row(run, "verbose"));
  }

  @Test
  void programsGetJson() {
    Run run = Run.of("config", "--json", "--advertise", "ws://a:1");
    assertTrue(
        run.out()
            .contains("{\"key\":\"advertise\",\"value\":\"ws://a:1\",\"source\":\"command line\"}"),
        run::toString);
    assertTrue(
        run.out().contains("{\"key\":\"threads\",\"value\":null,\"source\":\"default\"}"),
        run::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot=1 | 2: unknown key: 'prot'; did you mean port?",
        "xyzzyx=1 | 2: unknown key: 'xyzzyx'",
        "config=x | 2: unknown key: 'config'",
        "help=true | 2: unknown key: 'help'",
        "port=http | 2: port: 'http' (expected: a number from 0 to 65535)",
        "verbose=yes | 2: verbose: 'yes' (expected: true or false)",
        "bootstrap=ws://a:1,b | 2: bootstrap: 'b' (expected: ws://HOST:PORT or wss://HOST:PORT)",
        "host=a\\u12 | 2: \\u without a number (expected: four hexadecimal digits after it)",
        "legacy=on | 2: 'legacy' stands here again (expected: each key once)",
      })
  void aMistakeIsOneLineThatNamesThePlace(String line, String expected) throws IOException {
    Path file = write("legacy=off\n" + line + "\n");
    for (String command : List.of("serve", "config")) {
      assertEquals(file + ":" + expected, Run.of(command, "--config", file.toString()).failure(2));
    }
  }

  @Test
  void aFileThatCannotBeReadIsOneLine() {
    assertEquals(
        "--config: cannot read /nosuch (No such file or directory)",
        Run.of("serve", "--config", "/nosuch").failure(1));
  }

  @Test
  void otherCommandsTakeNoFile() throws IOException {
    String identity = folder.resolve("mine.pem").toString();
    Map<String, String> environment = Map.of("RELAY_CONFIG", "/nosuch");
    assertEquals(40, Run.in(environment, "id", "--identity", identity).result().length());
    assertEquals("unknown option: '--config'", Run.of("id", "--config", "x").failure(2));
  }

  @Test
  void aHangUpHasTheFileReadAgain() throws Exception {
    Path file = write("port=0\nhost=127.0.0.1\nidentity=none\n");
    try (RelayProcess serve = RelayProcess.start("serve", "--config", file.toString())) {
      serve.out().next();
      write("port=80\nhost=127.0.0.1\nidentity=none\nverbose=true\n");
      serve.signal("HUP");
      assertEquals(
          "relay: reloaded " + file + "; changed: verbose; to be changed by a restart: port",
          serve.err().next());
      write("prot=0\n");
      serve.signal("HUP");
      assertEquals(
          "relay: not reloaded: " + file + ":1: unknown key: 'prot'; did you mean port?",
          nextNote(serve));
      write("port=0\nhost=127.0.0.1\nidentity=none\n");
      serve.signal("HUP");
      assertEquals("relay: reloaded " + file + "; changed: verbose", nextNote(serve));
      serve.terminate();
      assertEquals(0, serve.exitStatus());
    }
  }

  /** What the command line says stays, whatever the file says. */
  @Test
  void aHangUpChangesTheLimitsOfARunningRelay() throws Exception {
    String rest = "port=0\nhost=127.0.0.1\nidentity=none\n";
    Path file = write(rest + "max-connections=1000\n");
    try (RelayProcess serve =
        RelayProcess.start("serve", "--link-rate", "5000", "--config", file.toString())) {
      int port = Integer.parseInt(serve.out().next().replaceAll(".*:(\\d+) as .*", "$1"));
      try (Socket first = connect(port)) {
        assertAnswered(first);
        write(rest + "max-connections=1\nlink-rate=7000\n");
        serve.signal("HUP");
        assertEquals("relay: reloaded " + file + "; changed: max-connections", nextNote(serve));
        try (Socket second = connect(port)) {
          assertEquals(-1, second.getInputStream().read());
        }
      }
      serve.terminate();
      assertEquals(0, serve.exitStatus());
    }
  }

  /** What is no number of things takes a restart, and is told. */
  @Test
  void aHangUpChangesTheLimitsOfChannelsAndSessions() throws Exception {
    String rest = "port=0\nhost=127.0.0.1\nidentity=none\n";
    Path file = write(rest + "max-channels=1\nmax-sessions=1\n");
    try (RelayProcess serve = RelayProcess.start("serve", "--config", file.toString())) {
      int port = Integer.parseInt(serve.out().next().replaceAll(".*:(\\d+) as .*", "$1"));
      String channel = "GET /channels HTTP/1.1\r\nHost: a\r\n\r\n";
      String session = "POST /sessions HTTP/1.1\r\nHost: a\r\n\r\n";
      try (Socket first = connect(port);
          Socket second = connect(port);
          Socket third = connect(port);
          Socket fourth = connect(port)) {
        assertEquals("201", status(first, channel));
        assertEquals("503", status(second, channel));
        assertEquals("201", status(third, session));
        assertEquals("503", status(fourth, session));
        write(
            rest
                + "max-channels=2\nmax-sessions=2\nmax-signal-bytes=1\n"
                + "origin=https://a.example\ntrusted-proxy=127.0.0.1\n");
        serve.signal("HUP");
        assertEquals(
            "relay: reloaded "
                + file
                + "; changed: max-channels, max-sessions; to be changed by a restart:"
                + " max-signal-bytes, trusted-proxy, origin",
            nextNote(serve));
      }
      try (Socket first = connect(port);
          Socket second = connect(port)) {
        assertEquals("201", status(first, channel));
        assertEquals("201", status(second, session));
      }
      serve.terminate();
      assertEquals(0, serve.exitStatus());
    }
  }

  /** Sends a request, and reads the beginning of the answer: its status. */
  private static String status(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    byte[] answer = new byte[10_000];
    int length = socket.getInputStream().read(answer);
    return new String(answer, 0, length, US_ASCII).replaceFirst("(?s)HTTP/1.1 (\\d+) .*", "$1");
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void assertAnswered(Socket socket) throws IOException {
    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
    assertEquals('H', socket.getInputStream().read());
  }

  @Test
  void tooFewFileDescriptorsAreOneLine() throws InterruptedException {
    try (RelayProcess serve =
        RelayProcess.start(
            "serve", "--port", "0", "--identity", "none", "--max-connections", "1000000")) {
      String note = nextNote(serve);
      assertTrue(note.startsWith("relay: file descriptors: "), note);
      assertTrue(note.contains(" (expected: 1333334 for 1000000 connections)"), note);
      serve.out().next();
      serve.terminate();
      assertEquals(0, serve.exitStatus());
    }
  }

  /** What is not a debug log. */
  private static String nextNote(RelayProcess serve) {
    String line = serve.err().next();
    while (!line.startsWith("relay: ")) {
      line = serve.err().next();
    }
    return line;
  }
}
