package org.peerrelay.daemon.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The least that an npm peer is: a WebSocket on which an id goes each way. */
final class LegacyClient implements WebSocket.Listener {
  private static final long DEADLINE_S = 20;

  private final CompletableFuture<String> hello = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable WebSocket socket;

  /** Connects under an id whose 20 bytes all are {@code each}, and waits for the other's id. */
  static LegacyClient connect(String url, int each) throws Exception {
    String ints = String.join(",", Collections.nCopies(20, Integer.toString(each)));
    LegacyClient client = new LegacyClient();
    client.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(url), client)
            .get(DEADLINE_S, TimeUnit.SECONDS);
    client
        .socket
        .sendText("{\"type\":\"Buffer\",\"data\":[" + ints + "]}", true)
        .get(DEADLINE_S, TimeUnit.SECONDS);
    client.hello.get(DEADLINE_S, TimeUnit.SECONDS);
    return client;
  }

  /** The first frame that came. */
  String hello() {
    return hello.join();
  }

  /** Ends the connection without a word. */
  void close() {
    if (socket != null) {
      socket.abort();
    }
  }

  /** Waits for the close frame; its code. */
  int closeCode() throws Exception {
    return closed.get(DEADLINE_S, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      hello.complete(text.toString());
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    hello.completeExceptionally(error);
    closed.completeExceptionally(error);
  }
}
