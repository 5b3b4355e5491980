package org.peerrelay.node;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.overlay.Effects;
import org.peerrelay.overlay.Overlay;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Router;
import org.peerrelay.relay.Verdict;

/**
 * One node: the forwarding plane, the control plane, and the messages of the application above.
 *
 * <p>Pure: it is told the time and does its I/O through {@link Transport}. One thread at a time,
 * the control loop, calls everything here but {@link #send}, {@link #router} and {@link #counters},
 * which are for any thread.
 */
public final class RelayNode {
  private final PeerId self;
  private final RandomGenerator random;
  private final Transport transport;
  private final NodeListener listener;
  private final Counters counters = new Counters();
  private final Router router;
  private final Overlay overlay;
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
    this.overlay = new Overlay(self, config.overlay(), router, random, new OverlayEffects());
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

  /** From now on tells those who ask that this node can be dialed at {@code url}. */
  public void advertise(String url) {
    overlay.advertise(url);
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
    overlay.disconnect(peer);
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

  /** A dial came to nothing. */
  public void onDialFailed(
      String url, @Nullable PeerId expected, ConnectFailure failure, long nowNs) {
    this.nowNs = nowNs;
    overlay.onDialFailed(url, expected, failure, nowNs);
  }

  /** A datagram for this node came in. */
  public void onDelivered(PeerId from, Message message, long nowNs) {
    this.nowNs = nowNs;
    counters.countDelivered();
    if (message instanceof Message.User user) {
      listener.onMessage(from, user.payload());
    } else if (message instanceof Message.Notice notice) {
      onNotice(from, notice);
    } else {
      overlay.onMessage(from, message, nowNs);
    }
  }

  /** Only a neighbour can know, since it has dropped the datagram itself. */
  private void onNotice(PeerId from, Message.Notice notice) {
    if (router.link(from) != null) {
      listener.onUndeliverable(notice.to(), notice.code().reason());
    }
  }

  /** Time has passed. Called about ten times a second, until this is closed. */
  public void onTick(long nowNs) {
    this.nowNs = nowNs;
    overlay.onTick(nowNs);
    waitingRoom
        .takeOverdue(nowNs)
        .forEach(message -> undeliverable(message.to(), DropReason.NO_LINK));
  }

  /**
   * The events that came together have all been told: brings the forwarding table up to date, and
   * sends what waited for a link.
   */
  public void settle(long nowNs) {
    router.refresh();
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
    DropReason dropped = originate(to, new Message.User(payload), nowNs);
    if (dropped != null) {
      listener.onUndeliverable(to, dropped);
    }
  }

  private void undeliverable(PeerId to, DropReason reason) {
    counters.countDropped(reason);
    listener.onUndeliverable(to, reason);
  }

  /** Routes a datagram of our own; the reason if it was dropped, null if it went to a link. */
  private @Nullable DropReason originate(PeerId to, Message message, long nowNs) {
    long nonce = random.nextLong(Header.MAX_NONCE + 1);
    Header header = new Header(to, self, nonce, message.kind(), List.of());
    counters.countOriginated();
    Verdict verdict = router.originate(header, nowNs);
    if (verdict instanceof Verdict.Forward forward) {
      transport.transmit(header, message, forward);
      return null;
    }
    DropReason reason = verdict instanceof Verdict.Drop drop ? drop.reason() : DropReason.LOOP;
    counters.countDropped(reason);
    return reason;
  }

  private final class OverlayEffects implements Effects {
    @Override
    public void dial(String url, @Nullable PeerId expected) {
      transport.dial(url, expected);
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
    public void send(PeerId to, Message message) {
      originate(to, message, nowNs);
    }

    @Override
    public void linked(PeerId peer) {
      listener.onPeer(peer);
    }

    @Override
    public void unlinked(PeerId peer) {
      listener.onPeerLost(peer);
    }

    @Override
    public void connectFailed(PeerId peer, ConnectFailure failure) {
      listener.onConnectFailed(peer, failure);
    }
  }
}
