package org.peerrelay.daemon.interop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.peerrelay.daemon.npm.NpmHost;

/** Anybody who speaks WebSocket and writes what he likes into it. Safe for any thread. */
final class RawClient implements WebSocket.Listener, AutoCloseable {
  /** Told as the close code where the connection broke without one. */
  static final int BROKEN = 1006;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String id;
  private final Mailbox<String> frames = new Mailbox<>();
  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  private RawClient(String url, String id) {
    this.id = id;
    this.socket =
        HTTP.newWebSocketBuilder()
            .buildAsync(URI.create(url), this)
            .orTimeout(NpmHost.DEADLINE.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  /** Connects, claims an id of 40 hex digits, and waits until the daemon has sent its own. */
  static RawClient connect(String url, String id) {
    RawClient client = claim(url, id);
    client.awaitFrame();
    return client;
  }

  /** Connects and claims an id, and does not wait for anything. */
  static RawClient claim(String url, String id) {
    RawClient client = new RawClient(url, id);
    client.send(bufferForm(id));
    return client;
  }

  /** The JSON of a Node Buffer with the bytes that {@code hex} spells. */
  static String bufferForm(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> String.valueOf(bytes[i] & 0xff))
        .collect(Collectors.joining(",", "{\"type\":\"Buffer\",\"data\":[", "]}"));
  }

  String id() {
    return id;
  }

  /** Sends one text message; nothing if the connection is closed. */
  void send(String text) {
    CompletableFuture<WebSocket> sent = socket.sendText(text, true);
    sent.handle((done, failed) -> done)
        .orTimeout(NpmHost.DEADLINE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** Waits for the next text message and takes it out. */
  String awaitFrame() {
    return frames.take("frame for " + id, frame -> true);
  }

  /** Waits for a text message that contains this. */
  String awaitFrame(String part) {
    return frames.take("frame with " + part, frame -> frame.contains(part));
  }

  /** What has come in and nobody awaited. */
  Mailbox<String> frames() {
    return frames;
  }

  /** Waits until the other end has closed the connection, and tells its code. */
  int awaitClose() {
    return closeCode.orTimeout(NpmHost.DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      frames.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeCode.complete(code);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closeCode.complete(BROKEN);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
