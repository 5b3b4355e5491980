package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/** A WebSocket client of other make, with an npm peer's frames. */
class JdkWebSocketTest {
  /** What came, whole messages and the close code. */
  private static final class Recorder implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        texts.add(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closes.add(code);
      return null;
    }
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  @Test
  void itLinksSendsReceivesAndIsToldWhyItIsClosed() throws IOException, InterruptedException {
    PeerId id = PeerId.random(new Random(9));
    RelayBench bench = new RelayBench();
    Recorder recorder = new Recorder();
    try (bench) {
      WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create(bench.relay.url()), recorder)
              .join();
      socket.sendText('"' + id.hex() + '"', true).join();
      assertTrue(next(recorder.texts).startsWith("{\"type\":\"Buffer\",\"data\":["));
      assertTrue(next(recorder.texts).contains("findPeers"));
      socket.sendText(Datagrams.user(id, bench.alice.id(), "{\"a\":[1]}"), true).join();
      assertEquals(new TestPeer.Received(id, Payload.json("{\"a\":[1]}")), bench.alice.receive());
      bench.alice.peer().send(id, Payload.json("[true]"));
      assertTrue(next(recorder.texts).contains("\"data\":[true]"));
      bench.assertRelays();
    }
    assertEquals(1001, next(recorder.closes));
  }
}
