package org.peerrelay.daemon.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.UndeliverableException;
import org.peerrelay.daemon.http.EventStream;
import org.peerrelay.daemon.http.Exchange;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.ProblemException;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.rate.Rate;
import org.peerrelay.rate.TokenBucket;
import org.peerrelay.transport.ClientTls;
import org.peerrelay.transport.TransportConfig;

/**
 * A peer that lives in the daemon for a client that has only HTTP, what has come for it, and the
 * stream by which the client reads that, if it does. Any thread; the lock guards backlog and
 * stream, and nothing is written under it, only queued.
 */
final class Session {
  /** What a peer can have waiting that does nothing but hand it on. */
  private static final int MAX_INBOX_BYTES = 1_024 * 1_024;

  private final GatewayLimits limits;
  private final HttpCounters counters;
  private final LongSupplier clockNs;
  private final CompletableFuture<PeerId> linked = new CompletableFuture<>();
  private final Backlog backlog;
  private final TokenBucket rate;
  private final Peer peer;
  private @Nullable EventStream stream;
  private int readers;
  private long busyNs;
  private boolean over;

  /**
   * Begins to link a new peer, of an id of its own, with a relay.
   *
   * @param url the relay's
   * @param trust believes that it is
   */
  Session(
      String url,
      ClientTls trust,
      GatewayLimits limits,
      HttpCounters counters,
      LongSupplier clockNs)
      throws IOException {
    this.limits = limits;
    this.counters = counters;
    this.clockNs = clockNs;
    this.backlog = new Backlog(limits.maxBacklogEvents(), limits.maxBacklogBytes());
    this.busyNs = clockNs.getAsLong();
    this.rate = new TokenBucket(Rate.perS(limits.messagesPerS()));
    this.peer =
        Peer.builder()
            .legacy(false)
            .node(NodeConfig.GUEST)
            .transport(transport())
            .bootstrap(url)
            .trust(trust)
            .onPeer(linked::complete)
            .onMessage(this::onMessage)
            .onUndeliverable(this::onUndeliverable)
            .start();
  }

  private static TransportConfig transport() {
    TransportConfig usual = TransportConfig.DEFAULT;
    return new TransportConfig(
        usual.wire(),
        usual.handshakeNs(),
        usual.maxQueueBytes(),
        MAX_INBOX_BYTES,
        usual.dialNs(),
        usual.closeNs());
  }

  /** The peer's. */
  PeerId id() {
    return peer.id();
  }

  /** Done, with the relay's id, when the peer is linked. */
  CompletableFuture<PeerId> linked() {
    return linked;
  }

  /** The client is there. */
  synchronized void touch() {
    busyNs = clockNs.getAsLong();
  }

  /** Whether the client has been away for too long. */
  synchronized boolean isIdle() {
    return stream == null && clockNs.getAsLong() - busyNs >= limits.idleNs();
  }

  /** Whether one more message may be sent; if so, it counts. */
  synchronized boolean allowsMessage() {
    return rate.take(clockNs.getAsLong());
  }

  /**
   * Sends a message. Its receiver is asked for an acknowledgement only where it is not at {@code
   * relay}, for there alone could there be word of it that is not at hand.
   *
   * @return in the time for it, why the message is lost, if anybody has said so
   * @throws IllegalArgumentException if the payload is said to be JSON and is not
   */
  CompletableFuture<Optional<GatewayRefusal>> send(PeerId to, Payload payload, Peer relay) {
    if (!peer.isLinked(relay.id())) {
      return CompletableFuture.completedFuture(Optional.of(GatewayRefusal.NO_LINK));
    }
    if (to.equals(peer.id()) || relay.isLinked(to)) {
      peer.send(to, payload);
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return peer.sendAcknowledged(to, payload, Duration.ofNanos(limits.answerNs()))
        .handle((roundTrip, failure) -> lossOf(failure));
  }

  private static Optional<GatewayRefusal> lossOf(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof UndeliverableException lost
        ? Optional.of(GatewayRefusal.of(lost.reason()))
        : Optional.empty();
  }

  /**
   * Answers with the events after {@code lastId}, and with all that come from now on. Who read
   * until now is away: its stream ends.
   *
   * @throws ProblemException if the session is over
   */
  void read(Exchange exchange, long lastId) throws ProblemException {
    EventStream before;
    synchronized (this) {
      if (over) {
        throw GatewayRefusal.BAD_TOKEN.exception();
      }
      before = stream;
      int reader = ++readers;
      EventStream opened = exchange.stream(limits.maxPendingBytes(), () -> onReaderGone(reader));
      opened.open(200);
      // A first byte, so that the client sees that the stream is open.
      opened.send(SessionEvent.KEEP_ALIVE);
      replay(opened, backlog.after(lastId));
      opened.every(limits.keepAliveNs(), () -> opened.send(SessionEvent.KEEP_ALIVE));
      stream = opened;
    }
    if (before != null) {
      counters.countRefused("replaced-reader");
      before.end();
    }
  }

  private void replay(EventStream to, Backlog.Rest rest) {
    if (rest.lost() > 0) {
      counters.countRefused("backlog-overflow");
      to.send(SessionEvent.lost(rest.lastLost(), rest.lost()));
    }
    rest.events().forEach(to::send);
  }

  private synchronized void onReaderGone(int reader) {
    if (reader == readers) {
      stream = null;
      busyNs = clockNs.getAsLong();
    }
  }

  private synchronized void onMessage(PeerId from, Payload payload, Provenance provenance) {
    tell(SessionEvent.message(backlog.nextId(), from, provenance, payload));
  }

  private synchronized void onUndeliverable(PeerId to, DropReason reason) {
    tell(SessionEvent.undeliverable(backlog.nextId(), to, reason));
  }

  private void tell(byte[] event) {
    backlog.add(event);
    if (stream != null) {
      stream.send(event);
    }
  }

  /** Ends the stream. There will be no other. */
  synchronized void end() {
    over = true;
    if (stream != null) {
      stream.end();
      stream = null;
    }
  }

  /** Closes the peer, and waits for that. */
  void close() {
    peer.close();
  }
}
