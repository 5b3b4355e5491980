package org.peerrelay.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.Peer;
import org.peerrelay.Presence;
import org.peerrelay.Swarm;
import org.peerrelay.Topic;
import org.peerrelay.id.PeerId;
import org.peerrelay.swarm.SwarmKey;

/** Commands in processes of their own, at a relay in this one. */
class SwarmCommandsTest {
  private static final String ROOM = "hyper://a-key-of-a-drive";

  @TempDir Path folder;

  private Peer relay;
  private Peer guest;

  @BeforeEach
  void start() throws IOException {
    relay =
        Peer.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).start();
    guest = Peer.builder().bootstrap(url()).start();
  }

  @AfterEach
  void close() {
    guest.close();
    relay.close();
  }

  private String url() {
    return String.valueOf(relay.url());
  }

  private Swarm join() {
    Swarm swarm = guest.swarm(SwarmKey.of(ROOM));
    swarm.joined().orTimeout(20, TimeUnit.SECONDS).join();
    return swarm;
  }

  /** Starts a command and waits until it has joined. */
  private RelayProcess started(String... arguments) {
    RelayProcess process = RelayProcess.start(arguments);
    String ready = process.out().next();
    assertTrue(
        ready.matches("you are [0-9a-f]{40}|\\{\"event\":\"ready\",\"id\":\"\\w{40}\"}"), ready);
    return process;
  }

  @Test
  void whoComesAndGoesIsTold() throws Exception {
    try (RelayProcess people = started("watch", url(), ROOM);
        RelayProcess program = started("watch", "--json", url(), ROOM)) {
      PeerId id = guest.id();
      String other = people.out().next();
      assertTrue(other.matches("peer 1 has come: \\w{40}"), other);
      assertTrue(program.out().next().startsWith("{\"event\":\"join\",\"peer\":1,"));
      Swarm swarm = join();
      assertEquals("peer 2 has come: " + id, people.out().next());
      assertEquals("{\"event\":\"join\",\"peer\":2,\"id\":\"" + id + "\"}", program.out().next());
      swarm.close();
      assertEquals("peer 2 has left", people.out().next());
      assertEquals("{\"event\":\"leave\",\"peer\":2,\"id\":\"" + id + "\"}", program.out().next());
      program.terminate();
      assertEquals(0, program.exitStatus());
      assertEquals("", program.err().rest());
      assertEquals("peer 1 has left", people.out().next());
    }
  }

  @Test
  void twoTalk() throws Exception {
    try (RelayProcess bob = started("chat", "--name", "bob", url(), ROOM, "talk");
        RelayProcess anna = RelayProcess.start("chat", "--name", "anna", url(), ROOM, "talk")) {
      assertTrue(bob.out().next().startsWith("peer 1 has come: "));
      assertEquals("peer 1 is now anna (1)", bob.out().next());
      anna.type("hello \\o/ don't!\n\n");
      assertEquals("anna (1): hello \\o/ don't!", bob.out().next());
      anna.terminate();
      assertEquals(0, anna.exitStatus());
      assertEquals("anna (1) has left", bob.out().next());
      assertEquals("", anna.err().rest());
    }
  }

  @Test
  void linesFromAPipeAreSentAndItListensOn() {
    try (RelayProcess bob = started("chat", url(), ROOM, "talk");
        RelayProcess echo =
            RelayProcess.startInShell(
                "printf 'one\\ntwo\\n' | \"$@\"", "chat", url(), ROOM, "talk")) {
      assertTrue(bob.out().next().startsWith("peer 1 has come: "));
      assertEquals("peer 1: one", bob.out().next());
      assertEquals("peer 1: two", bob.out().next());
      assertTrue(echo.out().next().startsWith("you are "));
      assertTrue(echo.out().next().startsWith("peer 1 has come: "));
      bob.type("three\n");
      assertEquals("peer 1: three", echo.out().next());
    }
  }

  @Test
  void messagesAreJsonForPrograms() throws Exception {
    try (RelayProcess chat = started("chat", "--json", url(), ROOM, "talk")) {
      Swarm swarm = join();
      chat.out().next();
      Topic topic = swarm.topic("talk", (peer, data) -> {});
      String message = "{\"event\":\"message\",\"topic\":\"talk\",\"peer\":1,";
      topic.broadcast("grüße\u001b[2J\u009b".getBytes(UTF_8));
      assertEquals(message + "\"data\":\"grüße\\u001B[2J\\u009b\"}", chat.out().next());
      topic.broadcast(new byte[] {0, 1, (byte) 255});
      assertEquals(message + "\"base64\":\"AAH/\"}", chat.out().next());
    }
  }

  @Test
  void nobodyCanPlayTricksWithTheTerminal() {
    try (RelayProcess chat = started("chat", url(), ROOM, "talk")) {
      Swarm swarm = join();
      assertEquals("peer 1 has come: " + guest.id(), chat.out().next());
      swarm.presence().data("{\"name\":\"\\u001b[2J\\u202e" + "x".repeat(80) + "\"}").start();
      String name = "\\u001b[2J\\u202e" + "x".repeat(35);
      assertEquals("peer 1 is now " + name + " (1)", chat.out().next());
      Topic topic = swarm.topic("talk", (peer, data) -> {});
      topic.broadcast("\u001b[2J\r\n\u0007\u202eabc".getBytes(UTF_8));
      assertEquals(name + " (1): \\u001b[2J\\r\\n\\u0007\\u202eabc", chat.out().next());
    }
  }

  @Test
  void whoIsOnlineAndWhatTheyShowIsTold() throws Exception {
    try (RelayProcess program =
        started("presence", "--json", url(), ROOM, "--set", "{\"mood\":\n1.0}")) {
      Swarm swarm = join();
      LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<String>();
      try (Presence<String> presence =
          swarm.presence().data("[\"\u009b\"]").onPeerData((data, id) -> seen.add(data)).start()) {
        assertEquals("{\"mood\":\n1.0}", seen.poll(20, TimeUnit.SECONDS));
        String data =
            "{\"event\":\"peer-data\",\"id\":\"" + guest.id() + "\",\"data\":[\"\\u009b\"]}";
        String online = "{\"event\":\"online\",\"ids\":[";
        Lines out = program.out();
        awaitAll(out, List.of(data), online, 2);
        presence.setData("null");
        awaitAll(out, List.of(data.replace("[\"\\u009b\"]", "null")), online, 0);
      }
      awaitAll(program.out(), List.of(), "{\"event\":\"online\",\"ids\":[", 1);
    }
  }

  /** Reads until all these lines have come, and one of who is online that names so many ids. */
  private static void awaitAll(Lines out, List<String> lines, String online, int ids) {
    List<String> missing = new ArrayList<>(lines);
    boolean seen = ids == 0;
    while (!missing.isEmpty() || !seen) {
      String line = out.next();
      missing.remove(line);
      seen |= line.startsWith(online) && line.split("\"[0-9a-f]{40}\"", -1).length - 1 == ids;
    }
  }

  @Test
  void aKeyCanBeInAFile() throws Exception {
    Path file = folder.resolve("key");
    Files.writeString(file, ROOM + "\n");
    try (RelayProcess watch = started("watch", "--key-file", file.toString(), url())) {
      join();
      assertEquals("peer 1 has come: " + guest.id(), watch.out().next());
    }
    Files.writeString(file, "\n");
    String failure = Run.of("watch", "--key-file", file.toString(), url()).failure(1);
    assertEquals("--key-file: " + file + ": swarm key: 0 bytes (expected: 1 to 1024)", failure);
    Path none = folder.resolve("none");
    assertEquals(
        "--key-file: cannot read " + none + " (No such file or directory)",
        Run.of("watch", "--key-file", none.toString(), url()).failure(1));
  }

  @Test
  void wrongUseIsToldInOneLine() {
    String nobody = "ws://127.0.0.1:1";
    for (String[] command :
        List.of(
            new String[] {"watch", nobody, ROOM, "--timeout", "0.3"},
            new String[] {"presence", nobody, ROOM, "--timeout", "0.3"},
            new String[] {"chat", nobody, ROOM, "talk", "--timeout", "0.3"})) {
      assertEquals(
          "no link: ws://127.0.0.1:1 did not answer within 0.3 s (expected: a running relay);"
              + " --verbose says why",
          Run.of(command).failure(3));
    }
    assertEquals(
        "SWARM: swarm key: 0 bytes (expected: 1 to 1024)", Run.of("watch", nobody, "").failure(2));
    assertEquals(
        "TOPIC: 0 bytes (expected: 1 to 256)", Run.of("chat", nobody, ROOM, "").failure(2));
    assertEquals(
        "TOPIC: 2000 bytes (expected: 1 to 256)",
        Run.of("chat", nobody, ROOM, "ü".repeat(1_000)).failure(2));
    assertEquals(
        "--set: 5002 bytes (expected: at most 4096)",
        Run.of("presence", nobody, ROOM, "--set", "\"" + "x".repeat(5_000) + "\"").failure(4));
    assertEquals(
        "--name: 'a\\u001bb' (expected: 1 to 40 characters, none of them a control character)",
        Run.of("chat", nobody, ROOM, "talk", "--name", "a\u001bb").failure(2));
  }

  @Test
  void aLineThatIsTooLongIsNotSent() {
    try (RelayProcess chat = started("chat", url(), ROOM, "talk")) {
      chat.type("x".repeat(20_000) + "\n");
      String note = chat.err().next();
      assertEquals("relay: not sent: message: 20000 bytes (expected: at most 16384)", note);
    }
  }

  @Test
  void onATerminalLinesAreEditedAndOthersPrintedAboveThem() throws Exception {
    try (RelayProcess chat =
        RelayProcess.startInShell(
            "TERM=xterm script -qec \"$*\" /dev/null",
            "chat",
            "--name",
            "anna",
            url(),
            ROOM,
            "talk")) {
      LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<String>();
      Swarm swarm = join();
      Topic topic = swarm.topic("talk", (peer, data) -> heard.add(new String(data, UTF_8)));
      awaitText(chat, "peer 1 has come: " + guest.id());
      chat.type("helo\u0002l");
      topic.broadcast("from above".getBytes(UTF_8));
      awaitText(chat, "peer 1: from above");
      chat.type("\r");
      assertEquals("hello", heard.poll(20, TimeUnit.SECONDS));
      chat.type("\u0004");
      chat.out().rest();
      assertEquals(0, chat.exitStatus());
    }
  }

  private static void awaitText(RelayProcess process, String text) {
    while (!process.out().next().contains(text)) {
      // The next line.
    }
  }

  @Test
  void theEnvironmentNamesAKeyFileToo() throws Exception {
    Path file = folder.resolve("key");
    Files.writeString(file, ROOM);
    try (RelayProcess watch =
        RelayProcess.startIn(Map.of("RELAY_KEY_FILE", file.toString()), "watch", url())) {
      assertTrue(watch.out().next().startsWith("you are "));
      join();
      assertEquals("peer 1 has come: " + guest.id(), watch.out().next());
    }
  }
}
