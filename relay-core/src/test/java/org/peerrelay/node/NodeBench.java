package org.peerrelay.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Provenance;
import org.peerrelay.message.Tag;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;

/** One node whose transport and application write down what they are told. */
final class NodeBench implements Transport, NodeListener {
  /** A datagram given to the transport. */
  record Sent(Header header, Message message, Verdict.Forward to) {}

  /** A message that is known to be lost. */
  record Lost(PeerId to, DropReason reason) {}

  /** A link without a socket. */
  static final class QuietLink extends Link {
    QuietLink(PeerId peer) {
      this(peer, LinkFormat.LEGACY);
    }

    QuietLink(PeerId peer, LinkFormat format) {
      super(peer, null, format);
    }

    @Override
    public long lastHeardNs() {
      return 0;
    }
  }

  final Random random = new Random(1);
  final PeerId self = PeerId.random(random);
  final RelayNode node;
  final List<Sent> sent = new ArrayList<>();
  final List<Lost> lost = new ArrayList<>();
  final List<Payload> messages = new ArrayList<>();
  final List<PeerId> peers = new ArrayList<>();
  final List<PeerId> peersLost = new ArrayList<>();
  final List<String> dialed = new ArrayList<>();
  final List<CloseReason> closed = new ArrayList<>();
  final List<ConnectFailure> failures = new ArrayList<>();
  Runnable onPeer = () -> {};
  private long issued;

  NodeBench(NodeConfig config) {
    this.node = new RelayNode(self, config, random, this, this);
  }

  /** A datagram that came over its author's own link. */
  static Arrival arrival(PeerId from) {
    return new Arrival(from, 1, from, 1, Provenance.UNVERIFIED, false);
  }

  PeerId stranger() {
    return PeerId.random(random);
  }

  /** Payloads of the user messages that were given to the transport. */
  List<Payload> sentPayloads() {
    return sent.stream()
        .filter(one -> one.message() instanceof Message.User)
        .map(one -> ((Message.User) one.message()).payload())
        .toList();
  }

  @Override
  public void dial(String url, @Nullable PeerId expected) {
    dialed.add(url);
  }

  @Override
  public void verify(String url, PeerId peer) {
    dialed.add(url);
  }

  @Override
  public void close(Link link, CloseReason reason) {
    closed.add(reason);
  }

  @Override
  public void ping(Link link) {}

  @Override
  public void tellGoingDown(Link link, int delayMs) {}

  @Override
  public Pointer pointer(PeerId peer, List<PeerId> relays, int lifetimeS) {
    return new Pointer(peer, relays, 1, lifetimeS, null);
  }

  @Override
  public Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving) {
    return FakeMemberships.sign(self, swarm, ++issued, lifetimeS, leaving, tag);
  }

  @Override
  public boolean holds(Membership membership) {
    return FakeMemberships.holds(membership);
  }

  @Override
  public void onPong(PeerId from, long nonce) {}

  @Override
  public void onTraceHop(PeerId from, Message.TraceHop hop) {}

  @Override
  public void transmit(Header header, Message message, boolean wantsAnswer, Verdict.Forward to) {
    sent.add(new Sent(header, message, to));
  }

  @Override
  public void onMessage(Arrival arrival, Payload payload) {
    messages.add(payload);
  }

  @Override
  public void onPeer(PeerId peer) {
    peers.add(peer);
    onPeer.run();
  }

  @Override
  public void onPeerLost(PeerId peer) {
    peersLost.add(peer);
  }

  @Override
  public void onConnectFailed(PeerId peer, ConnectFailure failure) {
    failures.add(failure);
  }

  @Override
  public void onUndeliverable(PeerId to, long nonce, DropReason reason) {
    lost.add(new Lost(to, reason));
  }
}
