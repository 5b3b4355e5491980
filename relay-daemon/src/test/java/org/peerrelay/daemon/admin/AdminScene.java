package org.peerrelay.daemon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.HttpFront;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.daemon.http.Router;
import org.peerrelay.id.PeerId;

/** A relay with an admin listener, and peers that come and go. */
final class AdminScene implements AutoCloseable {
  static final long DEADLINE_S = 20;

  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<PeerId> lost = new LinkedBlockingQueue<>();
  final HttpCounters counters = new HttpCounters();
  final Admin admin;
  final Peer relay;

  AdminScene() throws IOException {
    this(builder -> builder);
  }

  AdminScene(UnaryOperator<PeerBuilder> settings) throws IOException {
    admin = Admin.listen(LOOPBACK, new HttpSide(counters, () -> 3, () -> 2), "1.2.3");
    Router nothing = new Router(List.of());
    relay =
        settings
            .apply(Peer.builder())
            .listen(LOOPBACK)
            .http(() -> new HttpFront(nothing, HttpLimits.DEFAULT, counters))
            .onPeerLost(lost::add)
            .start();
  }

  AdminScene attach() {
    admin.attach(relay);
    return this;
  }

  /** A leaf that has its link. */
  Peer leaf() throws Exception {
    CompletableFuture<PeerId> linked = new CompletableFuture<>();
    Peer leaf =
        Peer.builder()
            .bootstrap(Objects.requireNonNull(relay.url()))
            .onPeer(linked::complete)
            .start();
    linked.get(DEADLINE_S, TimeUnit.SECONDS);
    relay.ping(leaf.id(), Duration.ofSeconds(DEADLINE_S)).get();
    return leaf;
  }

  /** Ends a leaf, and waits until the relay knows. */
  void end(Peer leaf) throws InterruptedException {
    leaf.close();
    if (!leaf.id().equals(lost.poll(DEADLINE_S, TimeUnit.SECONDS))) {
      throw new AssertionError("the relay has not lost " + leaf.id());
    }
  }

  HttpResponse<String> get(String path) throws Exception {
    return get(admin.url(), path);
  }

  HttpResponse<String> get(String base, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The object that is there. */
  Map<String, @Nullable Object> tree(String path) throws Exception {
    return Json.readObject(get(path).body().getBytes(UTF_8));
  }

  /** All that comes for one request that is written as it stands. */
  String raw(String request) throws IOException {
    URI url = URI.create(admin.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    relay.close();
    admin.close();
  }
}
