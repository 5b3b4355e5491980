package org.peerrelay.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmMessage;
import org.peerrelay.daemon.npm.NpmPayload;
import org.peerrelay.daemon.npm.NpmPeer;

/** The relay command in processes of its own, with peers of the npm package as its clients. */
@NeedsNpm
class NpmClientsTest {
  private static final Pattern LISTENING =
      Pattern.compile("listening on (ws://\\S+) as ([0-9a-f]{40})");
  private static final int CROWD = 100;

  @TempDir Path folder;

  private final NpmHost host = NpmHost.start();
  private RelayProcess serve;
  private String url;
  private String id;

  @BeforeEach
  void startRelay() {
    serve = RelayProcess.start("serve", "-p0", "--host=127.0.0.1", "--identity=none");
    String line = serve.out().next();
    Matcher matcher = LISTENING.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError(line);
    }
    url = matcher.group(1);
    id = matcher.group(2);
  }

  @AfterEach
  void endAll() {
    host.close();
    serve.close();
  }

  private NpmPeer open(String name) {
    NpmPeer peer = host.open(name, url);
    peer.awaitAccepted(id);
    assertEquals("peer " + peer.id(), serve.out().next());
    return peer;
  }

  private static void send(String... arguments) throws InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "send";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try (RelayProcess send = RelayProcess.start(command)) {
      assertEquals("", send.err().rest());
      assertEquals(0, send.exitStatus());
    }
  }

  @Test
  void listenAndSendTalkWithNpmPeers() throws Exception {
    NpmPeer alice = open("alice");
    NpmPeer bob = open("bob");
    try (RelayProcess listen = RelayProcess.start("listen", url)) {
      String listener = listen.out().next();
      assertEquals("peer " + listener, serve.out().next());
      alice.send(listener, "\"grüße 🎈\"");
      assertEquals(alice.id() + "? grüße 🎈", listen.out().next());
      bob.send(listener, "[1,{\"a\":null}]");
      assertEquals(bob.id() + "? [1,{\"a\":null}]", listen.out().next());
      alice.send(bob.id(), "1");
      assertEquals(new NpmMessage(alice.id(), NpmPayload.json("1")), bob.awaitMessage());
    }
    send(url, alice.id(), "grüße 🎈");
    assertEquals(NpmPayload.json("\"grüße 🎈\""), alice.awaitMessage().payload());
    send(url, bob.id(), "--data-json", "{\"a\":[1, null]}");
    assertEquals(NpmPayload.json("{\"a\":[1,null]}"), bob.awaitMessage().payload());
    byte[] bytes = "some bytes".getBytes(UTF_8);
    Path file = Files.write(folder.resolve("file"), bytes);
    send(url, bob.id(), "--file", file.toString());
    assertEquals(NpmPayload.bytes(bytes), bob.awaitMessage().payload());
    assertEquals(List.of(), alice.messages());
    assertEquals(List.of(), bob.messages());
  }

  @Test
  void whatComesFromAnNpmPeerIsUnverified() {
    NpmPeer alice = open("alice");
    try (RelayProcess listen = RelayProcess.start("listen", "--json", url)) {
      String listener = listen.out().next().substring(23, 63);
      assertEquals("peer " + listener, serve.out().next());
      alice.send(listener, "1");
      assertEquals(
          "{\"event\":\"message\",\"from\":\""
              + alice.id()
              + "\",\"provenance\":\"unverified\",\"data\":1}",
          listen.out().next());
    }
  }

  @Test
  void anNpmPeerGetsAMessageButNeverAcknowledgesIt() throws Exception {
    NpmPeer alice = open("alice");
    String failure = Run.of("send", "--wait", "--timeout=1", url, alice.id(), "hi").failure(6);
    assertEquals(
        "not acknowledged by "
            + alice.id()
            + ": no answer within 1 s (expected: a peer that acknowledges; npm peers never do);"
            + " it may have the message all the same",
        failure);
    assertEquals(NpmPayload.json("\"hi\""), alice.awaitMessage().payload());
    assertEquals(List.of(), alice.messages());
  }

  @Test
  void sigtermEndsItWithStatus0WhileNpmPeersAreLinked() throws Exception {
    NpmPeer leaf = open("leaf");
    NpmPeer listener = host.listen("listener", url);
    listener.awaitAccepted(id);
    host.openMany("crowd", CROWD, url).awaitAccepted();
    serve.terminate();
    assertEquals(0, serve.exitStatus());
    for (NpmPeer peer : List.of(leaf, listener)) {
      peer.awaitClosed(id);
    }
    assertEquals("", serve.err().rest());
  }

  @Test
  void sigtermEndsItWithStatus0WhileAnNpmPeerIsFrozen() throws Exception {
    NpmPeer leaf = open("leaf");
    host.freeze();
    try {
      serve.terminate();
      assertEquals(0, serve.exitStatus());
    } finally {
      host.resume();
    }
    leaf.awaitClosed(id);
    assertEquals(List.of(), leaf.peers());
  }
}
