package org.peerrelay.node;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Pointer;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.overlay.Effects;
import org.peerrelay.overlay.KnownRelay;
import org.peerrelay.overlay.Overlay;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Router;
import org.peerrelay.relay.Verdict;

/**
 * One node: the forwarding plane, the control plane, and the messages of the application above.
 *
 * <p>Pure: it is told the time and does its I/O through {@link Transport}. One thread at a time,
 * the control loop, calls everything here but what says that it is for any thread.
 */
public final class RelayNode {
  /** Stands for the nonce of a message that was dropped before it had one. */
  public static final long NO_NONCE = -1;

  private final PeerId self;
  private final RandomGenerator random;
  private final Transport transport;
  private final NodeListener listener;
  private final Counters counters;
  private final Router router;
  private final Overlay overlay;
  private final NodeSwarms swarms;
  private final WaitingRoom waitingRoom;

  /** The time of the event that is being handled, for what it sets off. */
  private long nowNs;

  private boolean closed;

  /**
   * A node without links, which nobody can dial.
   *
   * @param random draws nonces and jitter; from several threads, if {@link #send} is
   */
  public RelayNode(
      PeerId self,
      NodeConfig config,
      RandomGenerator random,
      Transport transport,
      NodeListener listener) {
    this.self = self;
    this.random = random;
    this.transport = transport;
    this.listener = listener;
    this.router = new Router(self, config.router(), random);
    this.counters = router.counters();
    this.overlay = new Overlay(self, config.overlay(), router, random, new OverlayEffects());
    this.swarms = new NodeSwarms(self, router, random, transport, this::originate);
    this.waitingRoom = new WaitingRoom(config.waitingBytes(), config.waitingNs());
  }

  /** The forwarding plane. Any thread. */
  public Router router() {
    return router;
  }

  /** What became of datagrams. Any thread. */
  public Counters counters() {
    return counters;
  }

  /** The swarms that it is in. */
  public NodeSwarms swarms() {
    return swarms;
  }

  /** From now on tells those who ask that this node can be dialed at {@code url}. */
  public void advertise(String url) {
    overlay.advertise(url);
  }

  /**
   * The URL at which others can dial the node has been found out. Links with relays that were made
   * without it are made again.
   */
  public void onAddressFound(String url) {
    overlay.advertise(url);
    for (Link link : router.links()) {
      if (link.format() == LinkFormat.BINARY && link.relays() && !link.inside()) {
        transport.close(link, CloseReason.DISCONNECTED);
      }
    }
  }

  /** Takes the relays that were known before a restart, as {@link #knownRelays} told them. */
  public void recall(List<KnownRelay> relays) {
    overlay.recall(relays);
  }

  /** The relays that this node has met, the one met longest ago first. */
  public List<KnownRelay> knownRelays() {
    return overlay.knownRelays();
  }

  /** Keeps a link to whoever is at {@code url}, for ever. */
  public void bootstrap(String url, long nowNs) {
    this.nowNs = nowNs;
    overlay.bootstrap(url, nowNs);
  }

  /** Asks for a direct link; the listener is told of it, or of its failure. */
  public void connect(PeerId peer, long nowNs) {
    this.nowNs = nowNs;
    overlay.connect(peer, nowNs);
  }

  /** Closes the direct link with {@code peer}, if there is one. */
  public void disconnect(PeerId peer, long nowNs) {
    this.nowNs = nowNs;
    overlay.disconnect(peer, nowNs);
  }

  /** A link has been made; tells whether it is accepted and may be read from. */
  public boolean onLinkUp(Link link, long nowNs) {
    this.nowNs = nowNs;
    return overlay.onLinkUp(link, nowNs);
  }

  /** A link that was told of by {@link #onLinkUp} is down. */
  public void onLinkDown(Link link, long nowNs) {
    this.nowNs = nowNs;
    overlay.onLinkDown(link, nowNs);
  }

  /** The other end of a link goes down soon, and is not to be dialed for {@code delayNs}. */
  public void onGoingDown(Link link, long delayNs, long nowNs) {
    this.nowNs = nowNs;
    overlay.onGoingDown(link, delayNs, nowNs);
  }

  /** From now on takes and makes no links, and tells the neighbours that it goes down soon. */
  public void drain() {
    overlay.drain();
  }

  /** Whether no leaf that can look for another relay is linked any more. */
  public boolean isDrained() {
    return overlay.isDrained();
  }

  /** A dial came to nothing. */
  public void onDialFailed(
      String url, @Nullable PeerId expected, ConnectFailure failure, long nowNs) {
    this.nowNs = nowNs;
    overlay.onDialFailed(url, expected, failure, nowNs);
  }

  /** A dial that was to show whether {@code peer} answers at {@code url} has ended. */
  public void onVerified(String url, PeerId peer, boolean met, long nowNs) {
    this.nowNs = nowNs;
    overlay.onVerified(url, peer, met, nowNs);
  }

  /** A datagram for this node came in. */
  public void onDelivered(Arrival arrival, Message message, long nowNs) {
    this.nowNs = nowNs;
    counters.countDelivered();
    PeerId from = arrival.from();
    if (!from.equals(arrival.over())) {
      overlay.probes().onPassedOn(arrival.over());
    }
    if (message instanceof Message.User user) {
      if (arrival.wantsAnswer()) {
        acknowledge(arrival, nowNs);
      }
      listener.onMessage(arrival, user.payload());
    } else if (message instanceof Message.Ping) {
      onPing(arrival);
    } else if (message instanceof Message.Pong pong) {
      if (!overlay.probes().onPong(from, pong.nonce(), nowNs)) {
        listener.onPong(from, pong.nonce());
      }
    } else if (message instanceof Message.TraceHop hop) {
      listener.onTraceHop(from, hop);
    } else if (message instanceof Message.Notice notice) {
      onNotice(notice);
    } else if (!swarms.onMessage(arrival, message, nowNs)) {
      overlay.onMessage(arrival, message, nowNs);
    }
  }

  private void onPing(Arrival ping) {
    if (ping.from().equals(self)) {
      overlay.onEcho(ping.over(), ping.nonce(), nowNs);
    } else {
      acknowledge(ping, nowNs);
    }
  }

  /**
   * A datagram for this node came in by another way than before: its author has not got the answer,
   * and so gets it again.
   */
  public void onRepeated(Arrival arrival, MessageKind kind, long nowNs) {
    this.nowNs = nowNs;
    counters.countDropped(DropReason.DUPLICATE);
    if (kind == MessageKind.PING || (kind == MessageKind.USER && arrival.wantsAnswer())) {
      acknowledge(arrival, nowNs);
    }
  }

  /** The answer goes as the question came: so it takes another way at each attempt as well. */
  private void acknowledge(Arrival arrival, long nowNs) {
    Message pong = new Message.Pong(arrival.nonce());
    originate(arrival.from(), pong, arrival.attempt(), nowNs);
  }

  /** Counts for something only if it names a datagram that this node has sent. */
  private void onNotice(Message.Notice notice) {
    overlay.probes().onNotice(notice.nonce());
    if (router.hasSent(notice.nonce(), nowNs)) {
      onPassing(notice);
      overlay.onUndelivered(notice.to(), nowNs);
      if (!swarms.onUndelivered(notice.nonce())) {
        listener.onUndeliverable(notice.to(), notice.nonce(), notice.code().reason());
      }
    }
  }

  /** A notice passes by, or is for this node: a wrong pointer is not followed again. Any thread. */
  public void onPassing(Message.Notice notice) {
    PeerId via = notice.via();
    if (via != null) {
      router.pointers().notAt(notice.to(), via);
    }
  }

  /**
   * Tells the author of a datagram that it went no further. Any thread.
   *
   * @param via the relay that was to have the target; null if none was named
   */
  public void notice(
      PeerId author, NoticeCode code, PeerId to, long nonce, @Nullable PeerId via, long nowNs) {
    originate(author, new Message.Notice(code, to, nonce, via), nowNs);
  }

  /** A message of this node's own did not get further than a link's queue. Any thread. */
  public void onLost(PeerId to, long nonce, DropReason reason) {
    listener.onUndeliverable(to, nonce, reason);
  }

  /** Tells the author of a trace what this node did with it. Any thread. */
  public void report(PeerId author, Message.TraceHop hop, long nowNs) {
    originate(author, hop, nowNs);
  }

  /** Time has passed. Called about ten times a second, until this is closed. */
  public void onTick(long nowNs) {
    this.nowNs = nowNs;
    router.refresh();
    overlay.onTick(nowNs);
    swarms.onTick(nowNs);
    waitingRoom
        .takeOverdue(nowNs)
        .forEach(message -> undeliverable(message.to(), DropReason.NO_LINK));
  }

  /** This node has stood still, so that ticks are missing. Called before the next one. */
  public void onStandstill(long nowNs) {
    this.nowNs = nowNs;
    overlay.onStandstill(nowNs);
  }

  /**
   * The events that came together have all been told: brings the relays in the forwarding table up
   * to date, and sends what waited for a link.
   */
  public void settle(long nowNs) {
    router.settle();
    swarms.flush(nowNs);
    if (router.isConnected()) {
      List<WaitingRoom.Waiting> waiting = waitingRoom.takeAll();
      waiting.forEach(message -> send(message.to(), message.payload(), nowNs));
    }
  }

  /**
   * The node is being closed: sends what waits for a link, or tells that it cannot be sent; closes
   * all links, and takes and makes no more. The links' ends are still to be told.
   */
  public void onClose(long nowNs) {
    settle(nowNs);
    this.nowNs = nowNs;
    closed = true;
    swarms.close(nowNs);
    overlay.close();
    waitingRoom.takeAll().forEach(message -> undeliverable(message.to(), DropReason.CLOSED));
  }

  /**
   * Sends a message if there is any link, else lets it wait for the first one.
   *
   * @see #send
   */
  public void sendOrWait(PeerId to, Payload payload, long nowNs) {
    if (closed) {
      undeliverable(to, DropReason.CLOSED);
    } else if (router.isConnected()) {
      send(to, payload, nowNs);
    } else if (!waitingRoom.add(to, payload, nowNs)) {
      undeliverable(to, DropReason.NO_LINK);
    }
  }

  /** Sends a message now; the listener is told if it ends here. Any thread. */
  public void send(PeerId to, Payload payload, long nowNs) {
    originate(to, new Message.User(payload), nowNs);
  }

  /**
   * Sends a message, a ping or a trace now, which the target, or every node on the way, is to
   * answer; the listener is told of the answers, and if it ends here. Any thread.
   *
   * @param nonce by which the answers are known, drawn from {@link #nonce}
   * @param attempt which of the ways it goes, 0 to {@link Header#MAX_ATTEMPT}. The attempts of one
   *     message have one nonce, so that the target gets it once, and answers each
   */
  public void probe(PeerId to, Message message, long nonce, int attempt, long nowNs) {
    originate(
        new Header(to, self, nonce, message.kind(), List.of(), attempt), message, true, nowNs);
  }

  /** A random nonce. Any thread. */
  public long nonce() {
    return random.nextLong(Header.MAX_NONCE + 1);
  }

  private void undeliverable(PeerId to, DropReason reason) {
    counters.countDropped(reason);
    listener.onUndeliverable(to, NO_NONCE, reason);
  }

  private void originate(PeerId to, Message message, long nowNs) {
    originate(to, message, 0, nowNs);
  }

  private void originate(PeerId to, Message message, int attempt, long nowNs) {
    originate(new Header(to, self, nonce(), message.kind(), List.of(), attempt), message, nowNs);
  }

  private void originate(Header header, Message message, long nowNs) {
    originate(header, message, false, nowNs);
  }

  /** Routes a datagram of our own. The application is told if one of its own ends here. */
  private void originate(Header header, Message message, boolean wantsAnswer, long nowNs) {
    counters.countOriginated();
    Verdict verdict = router.originate(header, nowNs);
    if (verdict instanceof Verdict.Forward forward) {
      transport.transmit(header, message, wantsAnswer, forward);
      return;
    }
    DropReason reason = verdict instanceof Verdict.Drop drop ? drop.reason() : DropReason.LOOP;
    counters.countDropped(reason);
    if (message instanceof Message.User || wantsAnswer) {
      listener.onUndeliverable(header.to(), header.nonce(), reason);
    }
  }

  private final class OverlayEffects implements Effects {
    @Override
    public void dial(String url, @Nullable PeerId expected) {
      transport.dial(url, expected);
    }

    @Override
    public void verify(String url, PeerId peer) {
      transport.verify(url, peer);
    }

    @Override
    public void close(Link link, CloseReason reason) {
      transport.close(link, reason);
    }

    @Override
    public void ping(Link link) {
      transport.ping(link);
    }

    @Override
    public void tellGoingDown(Link link, int delayMs) {
      transport.tellGoingDown(link, delayMs);
    }

    @Override
    public long probe(Link over, PeerId to) {
      // Not remembered as sent: what comes back here would be taken for a copy.
      Message ping = new Message.Ping();
      Header header = new Header(to, self, nonce(), ping.kind(), List.of());
      counters.countOriginated();
      transport.transmit(header, ping, true, new Verdict.Forward(over, null, null));
      return header.nonce();
    }

    @Override
    public void send(PeerId to, Message message, int attempt) {
      originate(to, message, attempt, nowNs);
    }

    @Override
    public Pointer pointer(PeerId peer, List<PeerId> relays, int lifetimeS) {
      return transport.pointer(peer, relays, lifetimeS);
    }

    @Override
    public void linked(PeerId peer) {
      Link link = router.link(peer);
      if (link != null) {
        swarms.onLinked(link, nowNs);
      }
      listener.onPeer(peer);
    }

    @Override
    public void admitted(Link link) {
      swarms.onAdmitted(link, nowNs);
    }

    @Override
    public void unlinked(PeerId peer) {
      swarms.onUnlinked(peer, nowNs);
      listener.onPeerLost(peer);
    }

    @Override
    public void connectFailed(PeerId peer, ConnectFailure failure) {
      listener.onConnectFailed(peer, failure);
    }
  }
}
