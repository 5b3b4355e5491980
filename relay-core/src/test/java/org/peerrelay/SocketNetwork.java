package org.peerrelay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.legacy.LegacyWriter;

/** A relay on a loopback port, with sockets and plain peers that are linked with it. */
final class SocketNetwork implements AutoCloseable {
  /** The sockets for which the same code must work. */
  enum Kind {
    UDP,
    RELAY
  }

  static final int PATIENCE_S = 30;

  private static final PeerId NOBODY = new PeerId(0, 0, 0);

  private final Deque<Runnable> closers = new ArrayDeque<>();
  private final Peer relay;

  SocketNetwork() throws IOException {
    relay =
        Peer.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).start();
    closers.push(relay::close);
  }

  /** A socket that can be reached; receiving fails after some time instead of waiting for ever. */
  DatagramSocket open(Kind kind) throws IOException {
    if (kind == Kind.RELAY) {
      return open();
    }
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    closers.push(socket::close);
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_S));
    return socket;
  }

  /** A socket that can be reached; receiving fails after some time instead of waiting for ever. */
  RelayDatagramSocket open() throws IOException {
    return open(leaf(), 0);
  }

  RelayDatagramSocket open(PeerBuilder builder, int port) throws IOException {
    RelayDatagramSocket socket = RelayDatagramSocket.open(builder, port);
    closers.push(socket::close);
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_S));
    awaitRoute(socket.peer());
    return socket;
  }

  /** A peer that can be reached and sends messages of any form. */
  Peer join(BiConsumer<PeerId, Payload> onMessage) throws IOException {
    Peer peer = leaf().onMessage(onMessage).start();
    closers.push(peer::close);
    awaitRoute(peer);
    return peer;
  }

  /** Sends a message as a legacy peer that says that it has the id {@code from}. */
  void sendAs(PeerId from, PeerId to, Payload payload) {
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(url()), new WebSocket.Listener() {})
            .join();
    closers.push(socket::abort);
    Header header = new Header(to, from, 1, MessageKind.USER, List.of());
    ByteBuf frame =
        LegacyWriter.originate(UnpooledByteBufAllocator.DEFAULT, header, new Message.User(payload));
    try {
      socket.sendText(new String(LegacyWriter.hello(from), StandardCharsets.UTF_8), true).join();
      socket.sendText(frame.toString(StandardCharsets.UTF_8), true).join();
    } finally {
      frame.release();
    }
  }

  PeerBuilder leaf() {
    return Peer.builder().bootstrap(url());
  }

  private String url() {
    return Objects.requireNonNull(relay.url());
  }

  private void awaitRoute(Peer peer) {
    await(
        () -> relay.isLinked(peer.id()) && peer.isLinked(relay.id()) && findsWayToStrangers(peer));
  }

  /** A link is known of some moments before messages to others than its peer take it. */
  private static boolean findsWayToStrangers(Peer peer) {
    long before = lost(peer);
    peer.send(NOBODY, Payload.undefined());
    return lost(peer) == before;
  }

  private static long lost(Peer peer) {
    return peer.counters().dropped().getOrDefault(DropReason.NO_ROUTE, 0L);
  }

  /** Waits until {@code condition} holds. */
  static void await(BooleanSupplier condition) {
    long startNs = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - startNs > TimeUnit.SECONDS.toNanos(PATIENCE_S)) {
        throw new AssertionError("condition: false for " + PATIENCE_S + " s (expected: true)");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    closers.forEach(Runnable::run);
  }
}
