package org.peerrelay.daemon.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/**
 * A peer of ours in this process, and what it was told. Ids are 40 hex characters, as on the npm
 * side.
 */
final class JavaPeer implements AutoCloseable {
  /** A message and the id of its author. */
  record Received(String from, Payload payload) {}

  /** A link that came, or went. */
  record LinkEvent(String peer, boolean up) {}

  private final Peer peer;
  private final Mailbox<Received> messages;
  private final Mailbox<LinkEvent> links;

  private JavaPeer(Peer peer, Mailbox<Received> messages, Mailbox<LinkEvent> links) {
    this.peer = peer;
    this.messages = messages;
    this.links = links;
  }

  /** A daemon on the loopback address, which tells others its URL. */
  static JavaPeer daemon(String... bootstraps) {
    return start(
        Peer.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
        bootstraps);
  }

  /** A daemon on all addresses, which therefore has no URL to tell. */
  static JavaPeer withoutUrl(String... bootstraps) {
    return start(Peer.builder().listen(new InetSocketAddress(0)), bootstraps);
  }

  /** A peer that only dials. */
  static JavaPeer leaf(String... bootstraps) {
    return start(Peer.builder(), bootstraps);
  }

  static JavaPeer start(PeerBuilder builder, String... bootstraps) {
    Mailbox<Received> messages = new Mailbox<>();
    Mailbox<LinkEvent> links = new Mailbox<>();
    builder
        .onMessage((from, payload) -> messages.add(new Received(from.hex(), payload)))
        .onPeer(id -> links.add(new LinkEvent(id.hex(), true)))
        .onPeerLost(id -> links.add(new LinkEvent(id.hex(), false)));
    for (String url : bootstraps) {
      builder.bootstrap(url);
    }
    try {
      return new JavaPeer(builder.start(), messages, links);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Peer peer() {
    return peer;
  }

  String id() {
    return peer.id().hex();
  }

  /** Where it can be dialed on this machine. */
  String url() {
    return "ws://127.0.0.1:" + port();
  }

  int port() {
    return Objects.requireNonNull(peer.address()).getPort();
  }

  void send(String to, Payload payload) {
    peer.send(PeerId.ofHex(to), payload);
  }

  Received awaitMessage() {
    return messages.take("message", message -> true);
  }

  Received awaitMessageFrom(String author) {
    return messages.take("message from " + author, message -> message.from().equals(author));
  }

  /** Waits for a message that fits and takes it out; tells whether there was one in time. */
  boolean hears(Predicate<Received> fits, Duration within) {
    return messages.takes(fits, within);
  }

  /** The messages that have arrived and that nobody awaited. */
  List<Received> messages() {
    return messages.rest();
  }

  boolean isLinked(String id) {
    return peer.isLinked(PeerId.ofHex(id));
  }

  /** Waits until there is a link, and datagrams for others can go over it. */
  void awaitLinked(String id) {
    links.await("link with " + id, () -> lastEventIsUp(id));
    // The application is told before the forwarding table is renewed: once round the control loop
    // for the end of the event that told it, and once more for the renewal behind that.
    askControlLoop();
    askControlLoop();
  }

  /**
   * Waits until a ping to {@code id} is answered. A peer says where it is when its first echo has
   * come back; what is sent to it through another relay before that may be lost.
   */
  void awaitReached(String id) {
    long deadlineNs = System.nanoTime() + NpmHost.DEADLINE.toNanos();
    Throwable lost = null;
    do {
      lost =
          peer.ping(PeerId.ofHex(id), NpmHost.DEADLINE)
              .handle((roundTrip, failure) -> failure)
              .join();
    } while (lost != null && System.nanoTime() - deadlineNs < 0);
    if (lost != null) {
      throw new AssertionError("no answer of " + id, lost);
    }
  }

  void awaitUnlinked(String id) {
    links.await("end of the link with " + id, () -> !lastEventIsUp(id));
  }

  /** Links that came and went so far. */
  List<LinkEvent> linkEvents() {
    return links.rest();
  }

  private boolean lastEventIsUp(String id) {
    boolean up = false;
    for (LinkEvent event : links.rest()) {
      up = event.peer().equals(id) ? event.up() : up;
    }
    return up;
  }

  private void askControlLoop() {
    peer.connect(peer.id())
        .handle((linked, refused) -> refused)
        .orTimeout(NpmHost.DEADLINE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    peer.close();
  }
}
