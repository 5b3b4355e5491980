package org.peerrelay.daemon.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.daemon.gateway.GatewayScene.BYTES;
import static org.peerrelay.daemon.gateway.GatewayScene.JSON;
import static org.peerrelay.daemon.gateway.GatewayScene.authorization;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.Peer;
import org.peerrelay.daemon.gateway.GatewayScene.Account;
import org.peerrelay.daemon.gateway.GatewayScene.Reader;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.HttpFront;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.daemon.http.HttpScene;
import org.peerrelay.daemon.http.Router;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/** Sessions on a real port: messages to and from everybody, and readers that come and go. */
class GatewayTest {
  private static final PeerId DEAF = PeerId.ofHex("07".repeat(20));
  private static final String ENDED = "0\r\n\r\n";

  static void assertStatus(int expected, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + expected + " "), answer);
  }

  private static GatewayScene scene() throws IOException {
    return new GatewayScene(GatewayLimits.DEFAULT);
  }

  private static String message(long id, String from, String content) {
    return "event: message\nid: %d\ndata: {\"from\":\"%s\",\"provenance\":\"claimed\",%s}\n\n"
        .formatted(id, from, content);
  }

  @Test
  void sessionsSendEachOtherJsonAndBytes() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      Account bob = scene.open();
      try (Reader reader = scene.read(bob, "")) {
        assertStatus(202, scene.send(alice, bob.id(), JSON, "{ \"\u00fc: \" :\n1.50 }"));
        assertEquals(message(1, alice.id(), "\"data\":{ \"\u00fc: \" : 1.50 }"), reader.event());
        assertStatus(202, scene.send(alice, bob.id(), "application/x+json; a=b", "null"));
        assertEquals(message(2, alice.id(), "\"data\":null"), reader.event());
        assertStatus(202, scene.send(alice, bob.id(), BYTES, "\u0000\n"));
        assertEquals(message(3, alice.id(), "\"base64\":\"AAo=\""), reader.event());
        assertStatus(202, scene.send(alice, bob.id(), JSON, "\"" + "x".repeat(65_534) + "\""));
        assertTrue(reader.event().startsWith("event: message\nid: 4\n"));
        assertStatus(202, scene.send(bob, bob.id(), JSON, "\"myself\""));
        assertTrue(reader.event().contains("\"data\":\"myself\""));
      }
    }
  }

  @Test
  void aSessionIsAPeerLikeAnyOther() throws Exception {
    BlockingQueue<Payload> received = new LinkedBlockingQueue<>();
    CountDownLatch linked = new CountDownLatch(1);
    try (GatewayScene scene = scene();
        Peer peer =
            Peer.builder()
                .bootstrap("ws://" + scene.http.authority())
                .onPeer(relay -> linked.countDown())
                .onMessage((from, payload) -> received.add(payload))
                .start()) {
      assertTrue(linked.await(20, TimeUnit.SECONDS));
      Account session = scene.open();
      PeerId id = PeerId.ofHex(session.id());
      assertTrue(scene.http.relay().isLinked(id));
      try (Reader reader = scene.read(session, "")) {
        peer.sendAcknowledged(id, Payload.json("[1]"), Duration.ofSeconds(20)).join();
        assertEquals(message(1, peer.id().hex(), "\"data\":[1]"), reader.event());
        assertStatus(202, scene.send(session, peer.id().hex(), BYTES, "abc"));
        assertEquals(
            Payload.bytes(new byte[] {'a', 'b', 'c'}), received.poll(20, TimeUnit.SECONDS));
        String relay = scene.http.relay().id().hex();
        assertStatus(202, scene.send(session, relay, JSON, "\"to the relay itself\""));
      }
    }
  }

  @Test
  void aReaderThatComesBackGoesOnWhereItWas() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      Account bob = scene.open();
      for (int i = 1; i <= 3; i++) {
        assertStatus(202, scene.send(alice, bob.id(), JSON, "" + i));
      }
      try (Reader reader = scene.read(bob, "")) {
        for (int i = 1; i <= 3; i++) {
          assertEquals(message(i, alice.id(), "\"data\":" + i), reader.event());
        }
      }
      try (Reader reader = scene.read(bob, "Last-Event-ID: 2\r\n")) {
        assertEquals(message(3, alice.id(), "\"data\":3"), reader.event());
        assertStatus(202, scene.send(alice, bob.id(), JSON, "4"));
        assertEquals(message(4, alice.id(), "\"data\":4"), reader.event());
      }
      try (Reader reader = scene.read(bob, "Last-Event-ID: x\r\n")) {
        assertEquals(message(1, alice.id(), "\"data\":1"), reader.event());
      }
    }
  }

  @Test
  void whatFellOutOfTheBacklogIsTold() throws IOException {
    try (GatewayScene scene = new GatewayScene(GatewayScene.small())) {
      Account bob = scene.open();
      for (int i = 1; i <= 5; i++) {
        assertStatus(202, scene.send(bob, bob.id(), JSON, "" + i));
      }
      // Behind the others on their way to the backlog.
      awaitEvents(scene, bob, 5);
      try (Reader reader = scene.read(bob, "")) {
        assertEquals("event: lost\nid: 2\ndata: {\"count\":2}\n\n", reader.event());
        assertTrue(reader.event().startsWith("event: message\nid: 3\n"));
      }
      try (Reader reader = scene.read(bob, "Last-Event-ID: 2\r\n")) {
        assertTrue(reader.event().startsWith("event: message\nid: 3\n"));
      }
      assertTrue(scene.http.refused("backlog-overflow") >= 1);
    }
  }

  /** Reads until the event of that number has come. */
  private static void awaitEvents(GatewayScene scene, Account account, long lastId)
      throws IOException {
    try (Reader reader = scene.read(account, "")) {
      String event = reader.event();
      while (!event.contains("\nid: " + lastId + "\n")) {
        event = reader.event();
      }
    }
  }

  @Test
  void whoReadsTooSlowlyIsCutOffAndGoesOnLater() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      Account bob = scene.open();
      String large = "\"" + "x".repeat(60_000) + "\"";
      try (Reader slow = scene.read(bob, "")) {
        long sent = 0;
        while (scene.http.refused("slow-reader") == 0) {
          scene.passTime(1);
          assertStatus(202, scene.send(alice, bob.id(), JSON, large));
          assertTrue(++sent < 1_000, "never cut off");
        }
        assertFalse(slow.socket().isClosed());
      }
      try (Reader again = scene.read(bob, "Last-Event-ID: 1\r\n")) {
        assertTrue(again.event().startsWith("event: lost\n"));
        assertTrue(again.event().startsWith("event: message\n"));
      }
    }
  }

  @Test
  void aSecondReaderTakesThePlaceOfTheFirst() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      try (Reader first = scene.read(alice, "");
          Reader second = scene.read(alice, "")) {
        assertTrue(first.rest().endsWith(ENDED));
        assertStatus(202, scene.send(alice, alice.id(), JSON, "1"));
        assertEquals(
            "event: message\nid: 1\n",
            second.event().substring(0, "event: message\nid: 1\n".length()));
        assertEquals(1, scene.http.refused("replaced-reader"));
      }
    }
  }

  @Test
  void aBrowsersEventSourceNamesItsTokenInTheQuery() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      String path = "/sessions/self/messages?a=b&access_token=" + alice.token();
      try (Reader reader = scene.readAt(path, "")) {
        assertStatus(202, scene.send(alice, alice.id(), JSON, "1"));
        assertTrue(reader.event().contains("\"data\":1"));
      }
      String elsewhere = "/sessions/self?access_token=" + alice.token();
      assertStatus(401, scene.ask("DELETE", elsewhere, ""));
      assertStatus(401, scene.ask("GET", "/sessions/self/messages?access_token=%", ""));
    }
  }

  @Test
  void aSessionThatIsDeletedIsGone() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      Account bob = scene.open();
      try (Reader reader = scene.read(bob, "")) {
        assertStatus(204, scene.ask("DELETE", "/sessions/self", authorization(bob)));
        assertTrue(reader.rest().endsWith(ENDED));
      }
      assertStatus(401, scene.ask("DELETE", "/sessions/self", authorization(bob)));
      assertStatus(401, scene.ask("GET", "/sessions/self/messages", authorization(bob)));
      assertEquals(1, scene.gateway.size());
      await(() -> !scene.http.relay().isLinked(PeerId.ofHex(bob.id())));
      String answer = scene.send(alice, bob.id(), JSON, "1");
      assertStatus(404, answer);
      assertTrue(answer.contains("\"reason\":\"no-peer\""), answer);
    }
  }

  @Test
  void aSessionEndsWhenNobodyUsesIt() throws IOException {
    GatewayLimits limits = GatewayScene.small();
    long idleS = TimeUnit.NANOSECONDS.toSeconds(limits.idleNs());
    try (GatewayScene scene = new GatewayScene(limits)) {
      Account reads = scene.open();
      Account sleeps = scene.open();
      try (Reader reader = scene.read(reads, "")) {
        scene.passTime(idleS - 1);
        scene.gateway.sweep();
        assertEquals(2, scene.gateway.size());
        assertStatus(202, scene.send(sleeps, reads.id(), JSON, "1"));
        scene.passTime(idleS - 1);
        scene.gateway.sweep();
        assertEquals(2, scene.gateway.size());
        scene.passTime(1);
        scene.gateway.sweep();
        assertEquals(1, scene.gateway.size());
        assertEquals(1, scene.http.refused("idle-session"));
        assertStatus(401, scene.send(sleeps, reads.id(), JSON, "1"));
        assertTrue(reader.event().contains("\"data\":1"));
      }
    }
  }

  @Test
  void streamsEndWithTheDaemon() throws IOException {
    GatewayScene scene = scene();
    Account alice = scene.open();
    try (Reader reader = scene.read(alice, "")) {
      scene.close();
      assertTrue(reader.rest().endsWith(ENDED));
    }
    assertEquals(0, scene.gateway.size());
  }

  @Test
  void whatIsFoundLostLaterIsAnEvent() throws IOException {
    try (GatewayScene scene = scene();
        Socket socket = deafPeer(scene)) {
      Account alice = scene.open();
      String large = "\"" + "x".repeat(60_000) + "\"";
      // More than the relay and the system will hold for a peer that reads nothing.
      for (int i = 0; i < 150; i++) {
        scene.passTime(1);
        assertStatus(202, scene.send(alice, DEAF.hex(), JSON, large));
      }
      try (Reader reader = scene.read(alice, "")) {
        assertEquals(
            "event: undeliverable\nid: 1\ndata: {\"to\":\"%s\",\"reason\":\"peer-busy\"}\n\n"
                .formatted(DEAF.hex()),
            reader.event());
      }
      assertFalse(socket.isClosed());
    }
  }

  /** A legacy peer with the id {@link #DEAF} that is linked, and reads no more. */
  private static Socket deafPeer(GatewayScene scene) throws IOException {
    Socket socket = scene.http.connect();
    String upgrade =
        String.join(
            "\r\n",
            "GET / HTTP/1.1",
            "Host: x",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "",
            "");
    socket.getOutputStream().write(upgrade.getBytes(US_ASCII));
    HttpScene.readUntil(socket, "\r\n\r\n");
    String ints = String.join(",", Collections.nCopies(PeerId.BYTES, "7"));
    String hello = "{\"type\":\"Buffer\",\"data\":[" + ints + "]}";
    // A text frame, masked with zeros.
    String frame = "\u0081" + (char) (0x80 + hello.length()) + "\0\0\0\0" + hello;
    socket.getOutputStream().write(frame.getBytes(ISO_8859_1));
    await(() -> scene.http.relay().isLinked(DEAF));
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "0.0.0.0"})
  void theRelayMayListenAnywhere(String address) throws Exception {
    HttpCounters counters = new HttpCounters();
    Gateway gateway = new Gateway(() -> GatewayLimits.DEFAULT, new SecureRandom(), counters);
    Router router = new Router(gateway.routes());
    try (gateway;
        Peer relay =
            Peer.builder()
                .listen(new InetSocketAddress(address, 0))
                .advertise("wss://relay.example.org")
                .http(() -> new HttpFront(router, HttpLimits.DEFAULT, counters))
                .start()) {
      String url =
          "http://%s:%d/sessions"
              .formatted(
                  address.replace("0.0.0.0", "127.0.0.1"),
                  Objects.requireNonNull(relay.address()).getPort());
      var post =
          HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.noBody()).build();
      var client = HttpClient.newHttpClient();
      assertEquals(503, client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode());
      gateway.attach(relay, null);
      assertEquals(201, client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadlineNs, "never");
      Thread.onSpinWait();
    }
  }
}
