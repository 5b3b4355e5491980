package org.peerrelay.protocol2;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.JsonRecord;

/**
 * A client of the legacy protocol, as far as docs/legacy-protocol.md has to be known for a test.
 */
final class LegacyClient implements WebSocket.Listener, AutoCloseable {
  private static final int TIMEOUT_S = 20;

  private final PeerId id;
  private final StringBuilder message = new StringBuilder();
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;
  private long nonce;

  private LegacyClient(PeerId id) {
    this.id = id;
  }

  /** Asks for a link with the relay at {@code url} by saying {@code id}. */
  static LegacyClient link(String url, PeerId id) throws Exception {
    LegacyClient client = new LegacyClient(id);
    client.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(url), client)
            .get(TIMEOUT_S, TimeUnit.SECONDS);
    client.text('"' + id.hex() + '"');
    return client;
  }

  /** Sends a user's message; {@code data} is what follows its type in the data member. */
  void send(PeerId to, String data) throws Exception {
    text(
        """
        {"to":"%s","from":"%s","path":["%s"],"nonce":"%d","data":{"type":"user"%s}}"""
            .formatted(to.hex(), id.hex(), id.hex(), ++nonce, data));
  }

  private void text(String text) throws Exception {
    assertNotNull(socket);
    socket.sendText(text, true).get(TIMEOUT_S, TimeUnit.SECONDS);
  }

  /** The next user's message, its whole frame; what else the relay says is forgotten. */
  JsonRecord awaitUser() throws InterruptedException {
    while (true) {
      String text = texts.poll(TIMEOUT_S, TimeUnit.SECONDS);
      assertNotNull(text, "no message");
      JsonRecord frame = JsonRecord.parse(text);
      // The first is the relay's id, and has no author.
      if (frame.has("from") && frame.record("data").text("type").equals("user")) {
        return frame;
      }
    }
  }

  /** The code with which the relay closes the link. */
  int awaitClose() throws Exception {
    return closed.get(TIMEOUT_S, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      texts.add(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
