package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;

/** Links by TLS carry what others do, as fast as their receivers read. */
class TlsLinkTest {
  private static final Payload LARGEST = Payload.bytes(new byte[65_536]);
  private static final Payload TEN_KILOBYTES = Payload.bytes(new byte[10_000]);

  private final PeerId id = PeerId.random(new Random(9));

  @Test
  void itsUrlsSaySo() throws Exception {
    try (TlsScene scene = new TlsScene()) {
      assertEquals("wss://127.0.0.1:" + scene.relay.address().getPort(), scene.relay.url());
    }
  }

  @Test
  void aWebSocketClientOfOtherMakeLinksAndIsToldWhyItIsClosed() throws Exception {
    WebSocketRecorder recorder = new WebSocketRecorder();
    try (TlsScene scene = new TlsScene();
        TestPeer alice = scene.leaf()) {
      WebSocket socket =
          HttpClient.newBuilder()
              .sslContext(scene.authority.sslContext())
              .build()
              .newWebSocketBuilder()
              .buildAsync(URI.create(scene.relay.url()), recorder)
              .join();
      socket.sendText('"' + id.hex() + '"', true).join();
      assertTrue(recorder.text().startsWith("{\"type\":\"Buffer\",\"data\":["));
      assertTrue(recorder.text().contains("findPeers"));
      socket.sendText(Datagrams.user(id, alice.id(), "{\"a\":[1]}"), true).join();
      assertEquals(new TestPeer.Received(id, Payload.json("{\"a\":[1]}")), alice.receive());
      alice.peer().send(id, Payload.json("[true]"));
      assertTrue(recorder.text().contains("\"data\":[true]"));
    }
    assertEquals(1001, recorder.closeCode());
  }

  @Test
  void theLargestMessagesArriveWholeInBothFormats() throws Exception {
    try (TlsScene scene = new TlsScene();
        TestPeer alice = scene.leaf();
        TestPeer bob = scene.leaf();
        RawClient legacy = scene.connect().becomeLink(id)) {
      scene.relay.awaitLinked(id);
      for (int i = 0; i < 5; i++) {
        alice.peer().send(bob.id(), LARGEST);
        assertEquals(new TestPeer.Received(alice.id(), LARGEST), bob.receive());
        alice.peer().send(id, LARGEST);
        // As a list of numbers, two characters for each byte.
        assertTrue(legacy.readUser().length() > 2 * 65_536);
      }
      String data = "\"" + "x".repeat(65_000) + "\"";
      legacy.text(Datagrams.user(id, bob.id(), data));
      assertEquals(new TestPeer.Received(id, Payload.json(data)), bob.receive());
    }
  }

  @Test
  void manySmallMessagesArriveInOrder() throws Exception {
    try (TlsScene scene = new TlsScene();
        TestPeer alice = scene.leaf();
        TestPeer bob = scene.leaf()) {
      for (int turn = 0; turn < 20; turn++) {
        for (int i = 0; i < 200; i++) {
          alice.peer().send(bob.id(), Payload.json(Integer.toString(i)));
        }
        for (int i = 0; i < 200; i++) {
          assertEquals(Payload.json(Integer.toString(i)), bob.receive().payload());
        }
      }
    }
  }

  /** Sends to the peer that does not read until its queue at the relay overflows. */
  private void flood(TlsScene scene, TestPeer alice, TestPeer bob) {
    while (scene.dropped(DropReason.QUEUE_FULL) < 100) {
      alice.peer().send(id, TEN_KILOBYTES);
      alice.assertReaches(bob);
    }
  }

  @Test
  void whoDoesNotReadLosesTheOldestAndNobodyElseNotices() throws Exception {
    try (TlsScene scene = new TlsScene();
        TestPeer alice = scene.leaf();
        TestPeer bob = scene.leaf();
        RawClient client = scene.connect().becomeLink(id)) {
      scene.relay.awaitLinked(id);
      flood(scene, alice, bob);
      alice.peer().send(id, Payload.json("\"the newest\""));
      alice.assertReaches(bob);
      int received = 1;
      while (!client.readUser().contains("the newest")) {
        received++;
      }
      long sent = alice.peer().counters().originated();
      assertTrue(received < sent / 2, received + " of " + sent);
      assertEquals(1, alice.linksMade());
      assertEquals(1, bob.linksMade());
    }
  }

  @Test
  void whoDoesNotReadIsClosedInTime() throws Exception {
    TlsScene scene = new TlsScene(builder -> builder.transport(RelayBench.quick(1_000)));
    try (TestPeer alice = scene.leaf();
        TestPeer bob = scene.leaf();
        RawClient client = scene.connect().becomeLink(id)) {
      scene.relay.awaitLinked(id);
      flood(scene, alice, bob);
      long startNs = System.nanoTime();
      scene.close();
      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
      assertTrue(tookMs >= 1_000 && tookMs < 3_500, "closing took " + tookMs + " ms");
      client.reset();
    }
  }

  @Test
  void aMalformedFrameIsAnsweredByItsCloseCode() throws Exception {
    try (TlsScene scene = new TlsScene();
        RawClient client = scene.connect().becomeLink(id)) {
      scene.relay.awaitLinked(id);
      client.text("{");
      assertEquals(CloseReason.MALFORMED.code(), client.readCloseCode());
      scene.relay.awaitLost(id);
    }
  }

  @Test
  void whoAsksForTheEndIsAnsweredByItsCode() throws Exception {
    try (TlsScene scene = new TlsScene();
        RawClient client = scene.connect().becomeLink(id)) {
      scene.relay.awaitLinked(id);
      client.frame(0x80 | RawClient.CLOSE, new byte[] {3, (byte) 0xe8});
      assertEquals(1000, client.readCloseCode());
      scene.relay.awaitLost(id);
    }
  }

  @Test
  void whoVanishesIsLost() throws Exception {
    try (TlsScene scene = new TlsScene();
        RawClient client = scene.connect().becomeLink(id)) {
      scene.relay.awaitLinked(id);
      client.reset();
      scene.relay.awaitLost(id);
    }
  }
}
