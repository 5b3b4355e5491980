package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.Peer;
import org.peerrelay.id.IdentityFile;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/** A relay in this process, which sends to a listener in another one. */
class ListenCommandTest {
  @TempDir Path folder;

  private final LinkedBlockingQueue<PeerId> lost = new LinkedBlockingQueue<>();
  private Peer relay;

  @BeforeEach
  void startRelay() throws IOException {
    relay = relay(0);
  }

  private Peer relay(int port) throws IOException {
    return Peer.builder()
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .onPeerLost(lost::add)
        .start();
  }

  @AfterEach
  void closeRelay() {
    relay.close();
  }

  private String url() {
    return String.valueOf(relay.url());
  }

  @Test
  void messagesOfAllKindsAreWordsForPeople() throws Exception {
    try (RelayProcess listen = RelayProcess.start("listen", url())) {
      PeerId id = PeerId.ofHex(listen.out().next());
      String from = relay.id() + " ";
      relay.send(id, Payload.json("\"grüße 🎈\""));
      assertEquals(from + "grüße 🎈", listen.out().next());
      relay.send(id, Payload.json("{\"a\":\r\n[\"b\"]}"));
      assertEquals(from + "{\"a\":  [\"b\"]}", listen.out().next());
      relay.send(id, Payload.bytes(new byte[] {0, 1, (byte) 255}));
      assertEquals(from + "<3 bytes> AAH/", listen.out().next());
      relay.send(id, Payload.undefined());
      assertEquals(from + "<undefined>", listen.out().next());
      listen.terminate();
      assertEquals(0, listen.exitStatus());
      assertEquals(id, lost.poll(20, TimeUnit.SECONDS));
      assertEquals("", listen.err().rest());
    }
  }

  @Test
  void aMessageCannotPlayTricksWithTheTerminal() {
    try (RelayProcess listen = RelayProcess.start("listen", url())) {
      PeerId id = PeerId.ofHex(listen.out().next());
      relay.send(id, Payload.json("\"\\u001b[2J\\r\\n\\u0007\\u009b1m\\u202eabc\\u2028\\ud800\""));
      assertEquals(
          relay.id() + " \\u001b[2J\\r\\n\\u0007\\u009b1m\\u202eabc\\u2028\\ud800",
          listen.out().next());
      relay.send(id, Payload.json("{\"\u009b1m\": \"\u202e\"}"));
      assertEquals(relay.id() + " {\"\\u009b1m\": \"\\u202e\"}", listen.out().next());
    }
  }

  @Test
  void messagesOfAllKindsAreJsonForPrograms() {
    try (RelayProcess listen = RelayProcess.start("listen", "--json", url())) {
      String ready = listen.out().next();
      assertTrue(ready.matches("\\{\"event\":\"ready\",\"id\":\"[0-9a-f]{40}\"}"), ready);
      PeerId id = PeerId.ofHex(ready.substring(23, 63));
      String message =
          "{\"event\":\"message\",\"from\":\"" + relay.id() + "\",\"provenance\":\"verified\"";
      relay.send(id, Payload.json("[1.0, {\"ü\":\n\"\\u001b\u009b\u007f\"}]"));
      assertEquals(
          message + ",\"data\":[1.0, {\"ü\": \"\\u001b\\u009b\\u007f\"}]}", listen.out().next());
      relay.send(id, Payload.json("null"));
      assertEquals(message + ",\"data\":null}", listen.out().next());
      relay.send(id, Payload.bytes(new byte[] {0, 1, (byte) 255}));
      assertEquals(message + ",\"base64\":\"AAH/\"}", listen.out().next());
      relay.send(id, Payload.undefined());
      assertEquals(message + "}", listen.out().next());
    }
  }

  @Test
  void theIdIsThatOfTheIdentity() throws Exception {
    Path file = folder.resolve("identity.pem");
    try (RelayProcess listen = RelayProcess.start("listen", url(), "--identity", file.toString())) {
      String id = listen.out().next();
      assertEquals(IdentityFile.readOrCreate(file, new SecureRandom()).id().hex(), id);
      String failure = Run.of("listen", url(), "--identity", file.toString()).failure(1);
      assertTrue(failure.startsWith("identity file: " + file + " is in use"), failure);
    }
  }

  @Test
  void whenNobodyReadsItEnds() throws Exception {
    String script = "{ \"$@\"; echo status $? >&2; } | { head -n 1; echo reader gone >&2; }";
    try (RelayProcess listen = RelayProcess.startInShell(script, "listen", url())) {
      PeerId id = PeerId.ofHex(listen.out().next());
      assertEquals("reader gone", listen.err().next());
      relay.send(id, Payload.json("1"));
      assertEquals(
          "relay: standard output: Broken pipe (expected: somebody who reads)",
          listen.err().next());
      assertEquals("status 1", listen.err().next());
    }
  }

  @Test
  void aRelayThatIsMissingOrGoesAwayIsToldAndDialedUntilItIsThere() throws Exception {
    String url = url();
    int port = Objects.requireNonNull(relay.address()).getPort();
    relay.close();
    try (RelayProcess listen = RelayProcess.start("listen", url)) {
      assertEquals("relay: no relay answers at " + url + "; dialing on", listen.err().next());
      relay = relay(port);
      PeerId id = PeerId.ofHex(listen.out().next());
      assertEquals("relay: linked with " + relay.id(), listen.err().next());
      relay.close();
      assertEquals(
          "relay: no link is left; dialing " + url + " until a relay answers", listen.err().next());
      relay = relay(port);
      assertEquals("relay: linked with " + relay.id(), listen.err().next());
      relay.send(id, Payload.json("1"));
      assertEquals(relay.id() + " 1", listen.out().next());
    }
  }

  @Test
  void twoServesInAChainCarryMessages() {
    try (RelayProcess first =
            RelayProcess.start("serve", "-p0", "--host=127.0.0.1", "--identity=none");
        RelayProcess second =
            RelayProcess.startIn(
                Map.of("RELAY_BOOTSTRAP", url() + " " + urlOf(first)),
                "serve",
                "-p0",
                "--host=127.0.0.1",
                "--identity=none")) {
      String url = urlOf(second);
      assertTrue(second.out().next().startsWith("peer "));
      assertTrue(second.out().next().startsWith("peer "));
      try (RelayProcess listen = RelayProcess.start("listen", url)) {
        String id = listen.out().next();
        // The listener may be ready a moment before its relay is.
        assertEquals("peer " + id, second.out().next());
        awaitReached(PeerId.ofHex(id));
        relay.send(PeerId.ofHex(id), Payload.json("\"from the far end\""));
        assertEquals(relay.id() + " from the far end", listen.out().next());
      }
    }
  }

  @Test
  void aMessageFromBehindItsRelayIsClaimed() {
    try (RelayProcess serve =
        RelayProcess.start("serve", "-p0", "--host=127.0.0.1", "--identity=none", "-b", url())) {
      String url = urlOf(serve);
      assertTrue(serve.out().next().startsWith("peer "));
      try (RelayProcess listen = RelayProcess.start("listen", "--json", url)) {
        String ready = listen.out().next();
        String id = ready.substring(23, 63);
        assertEquals("peer " + id, serve.out().next());
        awaitReached(PeerId.ofHex(id));
        relay.send(PeerId.ofHex(id), Payload.json("1"));
        assertEquals(
            "{\"event\":\"message\",\"from\":\""
                + relay.id()
                + "\",\"provenance\":\"claimed\",\"data\":1}",
            listen.out().next());
      }
    }
  }

  /** Waits until relays know where a peer is that has just come. */
  private void awaitReached(PeerId id) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() - endNs < 0) {
      try {
        relay.ping(id, Duration.ofMillis(200)).join();
        return;
      } catch (CompletionException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    throw new AssertionError(id + " does not answer");
  }

  private static String urlOf(RelayProcess serve) {
    String line = serve.out().next();
    return line.substring("listening on ".length(), line.indexOf(" as "));
  }
}
