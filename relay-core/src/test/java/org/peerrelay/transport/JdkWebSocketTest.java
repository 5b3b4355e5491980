package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/** A WebSocket client of other make, with an npm peer's frames. */
class JdkWebSocketTest {
  @Test
  void itLinksSendsReceivesAndIsToldWhyItIsClosed() throws IOException, InterruptedException {
    PeerId id = PeerId.random(new Random(9));
    RelayBench bench = new RelayBench();
    WebSocketRecorder recorder = new WebSocketRecorder();
    try (bench) {
      WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create(bench.relay.url()), recorder)
              .join();
      socket.sendText('"' + id.hex() + '"', true).join();
      assertTrue(recorder.text().startsWith("{\"type\":\"Buffer\",\"data\":["));
      assertTrue(recorder.text().contains("findPeers"));
      socket.sendText(Datagrams.user(id, bench.alice.id(), "{\"a\":[1]}"), true).join();
      assertEquals(new TestPeer.Received(id, Payload.json("{\"a\":[1]}")), bench.alice.receive());
      bench.alice.peer().send(id, Payload.json("[true]"));
      assertTrue(recorder.text().contains("\"data\":[true]"));
      bench.assertRelays();
    }
    assertEquals(1001, recorder.closeCode());
  }
}
