package org.peerrelay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.Access;
import org.peerrelay.access.AccessLists;
import org.peerrelay.access.SharedToken;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.node.NodeListener;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.relay.Counters;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.transport.ClosedLink;
import org.peerrelay.transport.NettyNode;
import org.peerrelay.transport.NodeSettings;
import org.peerrelay.transport.NodeStatus;
import org.peerrelay.wire.legacy.LegacyWriter;

/**
 * A peer of a relay network: it sends small messages to other peers by their ids, through relays
 * where there is no direct link, and receives theirs. Delivery is unreliable and unordered, like
 * UDP's.
 *
 * <p>Made by {@link #builder()}. Any thread may call any method; none blocks but {@link #close()}.
 * The listeners are called on one thread of the library, one after the other, and must not block
 * it. The library's threads are daemons: a program that only waits for messages has to do so
 * itself.
 */
public final class Peer implements AutoCloseable {
  /** How often a message can be sent to be acknowledged: there are so many different ways. */
  public static final int MAX_TRIES = Header.MAX_ATTEMPT + 1;

  private static final long CLOSE_TIMEOUT_S = 4;

  private final PeerId id;
  private final int maxPayloadBytes;
  private final NettyNode node;
  private final Connecting connecting;
  private final Probes probes;
  private final Swarms swarms;

  private Peer(NodeSettings settings, NettyNode node, Connecting connecting, Probes probes) {
    this.id = settings.identity().id();
    this.maxPayloadBytes = settings.transport().wire().maxPayloadBytes();
    this.node = node;
    this.connecting = connecting;
    this.probes = probes;
    this.swarms = new Swarms(settings.identity(), node.swarms());
  }

  /** The way to make a peer. */
  public static PeerBuilder builder() {
    return new PeerBuilder();
  }

  static Peer start(NodeSettings settings, PeerListeners listeners) throws IOException {
    Connecting connecting = new Connecting();
    Probes probes = new Probes();
    NettyNode node =
        NettyNode.start(settings, new SecureRandom(), new Dispatch(listeners, connecting, probes));
    return new Peer(settings, node, connecting, probes);
  }

  /** The id under which others reach this peer. */
  public PeerId id() {
    return id;
  }

  /** The address at which it accepts connections; null if it does not listen. */
  public @Nullable InetSocketAddress address() {
    return node.address();
  }

  /** The URL at which it tells others to dial it; null if there is none. */
  public @Nullable String url() {
    return node.url();
  }

  /** Who may link with it. */
  public Access access() {
    return node.access();
  }

  /**
   * Changes who may link with it: links and HTTP connections of those whom the lists do not let in
   * any more are closed. Those that showed the former token stay.
   *
   * @param token what everybody has to show who comes from now on; null if nothing
   * @return how many are closed
   */
  public int changeAccess(AccessLists lists, @Nullable SharedToken token) {
    return node.changeAccess(lists, token);
  }

  /** What became of datagrams and links so far. */
  public Counters.Snapshot counters() {
    return node.counters();
  }

  /** What there is to know of it at this moment, link by link. Costs some work for each. */
  public NodeStatus status() {
    return node.status();
  }

  /** The last 1,000 links that have ended, the oldest first. */
  public List<ClosedLink> closedLinks() {
    return node.closedLinks();
  }

  /** Whether there is a direct link with {@code peer} at present. */
  public boolean isLinked(PeerId peer) {
    return node.isLinked(peer);
  }

  /**
   * Sends a message. Before there is any link it waits for the first one, for 30 seconds at most.
   * Do not conclude anything from silence: what {@code onUndeliverable} reports was lost for
   * certain, but not all that is lost is known.
   *
   * @throws IllegalArgumentException if the payload is larger than 65,536 bytes, or is said to be
   *     JSON and is not
   */
  public void send(PeerId to, Payload payload) {
    check(payload);
    sendChecked(to, payload);
  }

  /**
   * Sends a message that its receiver is to acknowledge; an npm peer never does. Silence does not
   * mean that it was not delivered: the acknowledgement may be lost as well.
   *
   * @return done, with the time it took, when the receiver has said that it has the message; fails
   *     with {@link UndeliverableException} if a relay says that it went no further, and with
   *     {@link java.util.concurrent.TimeoutException} after {@code timeout}
   * @throws IllegalArgumentException as {@link #send} does
   */
  public CompletableFuture<Duration> sendAcknowledged(
      PeerId to, Payload payload, Duration timeout) {
    return sendAcknowledged(to, payload, timeout, 1).thenApply(Acknowledgement::roundTrip);
  }

  /**
   * Sends a message that its receiver is to acknowledge, and sends it again where that does not
   * happen, each time another way: over the next of this peer's links, past the relays that an
   * earlier try has gone over, to others of those that know where the receiver is. So one relay
   * that swallows messages does not keep it from arriving. The receiver is given it once.
   *
   * @param timeout how long all tries take together. It is shared out among them, each of which
   *     waits half as long again as the one before; of 5 seconds and 4 tries the first waits 0.6
   *     seconds
   * @param tries how often it is sent at most, from 1 to {@link #MAX_TRIES}. 4 are over the
   *     straight way, two others, and one that evades five networks
   * @return done when the receiver has said that it has the message; fails with {@link
   *     UndeliverableException} if relays say of as many tries as there are that they went no
   *     further, and with {@link java.util.concurrent.TimeoutException} after {@code timeout}
   * @throws IllegalArgumentException as {@link #send} does, and if {@code tries} is out of range
   */
  public CompletableFuture<Acknowledgement> sendAcknowledged(
      PeerId to, Payload payload, Duration timeout, int tries) {
    check(payload);
    if (tries < 1 || tries > MAX_TRIES) {
      throw new IllegalArgumentException("tries: " + tries + " (expected: 1 to " + MAX_TRIES + ")");
    }
    return probe(to, new Message.User(payload), timeout, tries);
  }

  /**
   * Asks {@code to} for a sign of life; fails as {@link #sendAcknowledged}.
   *
   * @return done, with the round-trip time, when the answer is there
   */
  public CompletableFuture<Duration> ping(PeerId to, Duration timeout) {
    return probe(to, new Message.Ping(), timeout, 1).thenApply(Acknowledgement::roundTrip);
  }

  private CompletableFuture<Acknowledgement> probe(
      PeerId to, Message message, Duration timeout, int tries) {
    long nonce = node.nonce();
    return probes.send(
        to, nonce, timeout, tries, attempt -> node.probe(to, message, nonce, attempt));
  }

  /**
   * Has every node on the way to {@code to} report itself; legacy peers do not.
   *
   * @return done when the last has, or after {@code timeout}: what was reported until then, in the
   *     order of the way. Reports may be lost
   */
  public CompletableFuture<List<TraceHop>> trace(PeerId to, Duration timeout) {
    long nonce = node.nonce();
    CompletableFuture<List<TraceHop>> hops = probes.beginTrace(to, nonce, timeout);
    node.probe(to, new Message.Trace(), nonce, 0);
    return hops;
  }

  private void check(Payload payload) {
    if (payload.sizeBytes() > maxPayloadBytes) {
      throw new IllegalArgumentException(
          "payload: " + payload.sizeBytes() + " bytes (expected: at most " + maxPayloadBytes + ")");
    }
    LegacyWriter.checkPayload(payload);
  }

  /**
   * Sends a payload that is known to be JSON and to be as large as it may be. So a datagram
   * socket's bytes can count as what they are, and not by the JSON that they are sent in.
   */
  void sendChecked(PeerId to, Payload payload) {
    node.send(to, payload);
  }

  /** How large a payload may be; its JSON form may take four times as much. */
  int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  /**
   * Makes a direct link with {@code peer}, if it can be dialed, or if it is an npm peer and this
   * one can be. Messages need none; a direct link only shortens their way.
   *
   * @return done when there is a link; fails with {@link ConnectFailedException} when it is certain
   *     that there will be none, after some 30 seconds at most
   */
  public CompletableFuture<Void> connect(PeerId peer) {
    CompletableFuture<Void> result = connecting.begin(peer);
    if (node.isLinked(peer)) {
      connecting.succeed(peer);
    } else {
      node.connect(peer);
    }
    return result;
  }

  /** Closes the direct link with {@code peer}, if there is one. */
  public void disconnect(PeerId peer) {
    node.disconnect(peer);
  }

  /**
   * Joins the swarm of {@code key}; also while there is no relay yet. The same key gives the same
   * swarm, as long as that is open, and is to be closed as often.
   *
   * @throws IllegalStateException if 64 others are open
   */
  public Swarm swarm(SwarmKey key) {
    return swarms.open(key);
  }

  /**
   * Prepares a relay for its end: it takes no new links, and tells its neighbours, so that those
   * that know other relays go there while it still serves them. {@link #close()} has to follow.
   *
   * @return done when those that only send and receive have gone, or after {@code grace}; peers of
   *     npm are not waited for, since they are not told
   */
  public CompletableFuture<Void> drain(Duration grace) {
    return node.drain(grace.toNanos());
  }

  /**
   * Closes the peer: sends what is queued, tells the neighbours, and closes all sockets. Waits
   * until that is done, for some seconds at most, unless it is called by a listener. Idempotent.
   */
  @Override
  public void close() {
    CompletableFuture<Void> closed = node.close();
    if (!NettyNode.onEventLoop()) {
      closed.completeOnTimeout(null, CLOSE_TIMEOUT_S, TimeUnit.SECONDS).join();
    }
  }

  private record Dispatch(PeerListeners listeners, Connecting connecting, Probes probes)
      implements NodeListener {
    @Override
    public void onMessage(Arrival arrival, Payload payload) {
      ListenerCalls.tell(
          () -> listeners.onMessage().onMessage(arrival.from(), payload, arrival.provenance()));
    }

    @Override
    public void onPong(PeerId from, long nonce) {
      probes.onPong(from, nonce);
    }

    @Override
    public void onTraceHop(PeerId from, Message.TraceHop hop) {
      probes.onTraceHop(from, hop);
    }

    @Override
    public void onPeer(PeerId peer) {
      connecting.succeed(peer);
      ListenerCalls.tell(() -> listeners.onPeer().accept(peer));
    }

    @Override
    public void onPeerLost(PeerId peer) {
      ListenerCalls.tell(() -> listeners.onPeerLost().accept(peer));
    }

    @Override
    public void onConnectFailed(PeerId peer, ConnectFailure failure) {
      connecting.fail(peer, failure);
    }

    @Override
    public void onUndeliverable(PeerId to, long nonce, DropReason reason) {
      if (probes.onUndeliverable(nonce, reason)) {
        return;
      }
      ListenerCalls.tell(() -> listeners.onUndeliverable().accept(to, reason));
    }
  }
}
