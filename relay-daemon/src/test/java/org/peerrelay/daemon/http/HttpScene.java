package org.peerrelay.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import org.peerrelay.Peer;
import org.peerrelay.transport.AllowedOrigins;
import org.peerrelay.transport.TrustedProxies;

/** A relay with an HTTP front on its port, and clients that write what they like to it. */
public final class HttpScene implements AutoCloseable {
  /** Says "hi" at {@code /}. */
  static final Route HI =
      Route.get("/", (request, exchange) -> exchange.answer(Answer.text("text/plain", "hi")));

  /** A stream of one event that stays open, at {@code /stream}. */
  static final Route STREAM = Route.get("/stream", HttpScene::stream);

  private static final int TIMEOUT_MS = 20_000;

  private final HttpCounters counters;
  private final Peer relay;

  /** Serves {@code routes}; refusals are counted in {@code counters}. */
  public HttpScene(List<Route> routes, HttpLimits limits, HttpCounters counters)
      throws IOException {
    this(routes, limits, counters, TrustedProxies.NONE, AllowedOrigins.ALL);
  }

  /** The same behind {@code proxies}, for the pages of {@code origins}. */
  public HttpScene(
      List<Route> routes,
      HttpLimits limits,
      HttpCounters counters,
      TrustedProxies proxies,
      AllowedOrigins origins)
      throws IOException {
    this.counters = counters;
    Router router = new Router(routes);
    this.relay =
        Peer.builder()
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .http(() -> new HttpFront(router, limits, counters, origins))
            .trustedProxies(proxies)
            .origins(origins)
            .start();
  }

  private static void stream(Request request, Exchange exchange) {
    EventStream stream = exchange.stream(1_000, () -> {});
    stream.open(200);
    stream.send("data: 1\n\n".getBytes(UTF_8));
  }

  /** The relay itself. */
  public Peer relay() {
    return relay;
  }

  /** Where it listens, as {@code HOST:PORT}. */
  public String authority() {
    return "127.0.0.1:" + address().getPort();
  }

  private InetSocketAddress address() {
    return Objects.requireNonNull(relay.address());
  }

  /** How often the front has refused something for this reason. */
  public long refused(String reason) {
    return counters.refused().getOrDefault(reason, 0L);
  }

  /** Connects a bare socket whose reads fail after a generous time. */
  public Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16_384);
    socket.connect(address(), TIMEOUT_MS);
    socket.setSoTimeout(TIMEOUT_MS);
    return socket;
  }

  /** Sends bytes, and returns all that comes until the connection is closed. */
  public String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      try {
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(UTF_8));
        out.flush();
      } catch (IOException refused) {
        // It did not want to read all of it.
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /** Checks what is first in an answer. */
  static void assertStatus(int expected, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + expected + " "), answer);
  }

  /** Reads until what has come ends with {@code end}. */
  public static String readUntil(Socket socket, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new AssertionError("closed after: " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  @Override
  public void close() {
    relay.close();
  }
}
