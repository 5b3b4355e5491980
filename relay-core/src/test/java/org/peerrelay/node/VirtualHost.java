package org.peerrelay.node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
import org.peerrelay.message.Seal;
import org.peerrelay.message.Tag;
import org.peerrelay.message.Transit;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Verdict;

/** A node in a {@link VirtualNetwork}, and its application, which only takes note. */
final class VirtualHost implements Transport, NodeListener {
  final PeerId id;
  final List<Payload> messages = new ArrayList<>();
  int peersLost;
  private final VirtualNetwork network;
  private final RelayNode node;
  private final @Nullable String url;
  private final Set<VirtualLink> links = new LinkedHashSet<>();
  private boolean running = true;

  VirtualHost(
      VirtualNetwork network, NodeConfig config, @Nullable String url, String... bootstraps) {
    this.network = network;
    this.id = PeerId.random(network.random);
    this.url = url;
    this.node = new RelayNode(id, config, network.random, this, this);
    if (url != null) {
      network.listen(url, this);
      node.advertise(url);
    }
    for (String bootstrap : bootstraps) {
      node.bootstrap(bootstrap, network.nowNs());
    }
    network.tick(this);
  }

  RelayNode node() {
    return node;
  }

  boolean running() {
    return running;
  }

  boolean tick() {
    if (running) {
      node.onTick(network.nowNs());
      node.settle(network.nowNs());
    }
    return running;
  }

  void send(PeerId to, Payload payload) {
    node.sendOrWait(to, payload, network.nowNs());
  }

  /** The power is cut: the other ends of its links hear nothing any more. */
  void crash() {
    running = false;
    if (url != null) {
      network.unlisten(url);
    }
  }

  @Override
  public void dial(String target, @Nullable PeerId expected) {
    long latencyNs = network.latencyNs();
    network.after(2 * latencyNs, () -> answerDial(target, expected, latencyNs));
  }

  private void answerDial(String target, @Nullable PeerId expected, long latencyNs) {
    VirtualHost host = network.at(target);
    if (!running) {
      return;
    }
    if (host == null || (expected != null && !expected.equals(host.id))) {
      node.onDialFailed(target, expected, ConnectFailure.DIAL_FAILED, network.nowNs());
      return;
    }
    VirtualLink here = new VirtualLink(this, host.id, target, latencyNs);
    VirtualLink there = new VirtualLink(host, id, null, latencyNs);
    here.join(there);
    describe(here, host);
    host.describe(there, this);
    // Whoever is dialed says first who it is.
    there.introduced();
    if (up(here)) {
      here.introduced();
      network.after(latencyNs, () -> host.up(there));
    }
  }

  @Override
  public void verify(String target, PeerId peer) {
    network.after(
        4 * network.latencyNs(),
        () -> {
          VirtualHost host = network.at(target);
          if (running) {
            boolean met = host != null && host.id.equals(peer);
            node.onVerified(target, peer, met, network.nowNs());
            node.settle(network.nowNs());
          }
        });
  }

  private void describe(VirtualLink link, VirtualHost other) {
    if (other.node.router().relays()) {
      link.sawRelaying();
    }
    if (url != null && other.url != null) {
      link.sawInside(other.url);
    }
  }

  private boolean up(VirtualLink link) {
    if (!running || !link.open()) {
      return false;
    }
    links.add(link);
    link.heard(network.nowNs());
    boolean accepted = node.onLinkUp(link, network.nowNs());
    if (accepted) {
      link.begin();
    }
    node.settle(network.nowNs());
    return accepted;
  }

  void down(VirtualLink link) {
    if (running && links.remove(link)) {
      node.onLinkDown(link, network.nowNs());
      node.settle(network.nowNs());
    }
  }

  @Override
  public void close(Link link, CloseReason reason) {
    VirtualLink closing = (VirtualLink) link;
    closing.close(network);
  }

  @Override
  public void ping(Link link) {
    ((VirtualLink) link).ping(network);
  }

  @Override
  public void tellGoingDown(Link link, int delayMs) {}

  @Override
  public Pointer pointer(PeerId peer, List<PeerId> relays, int lifetimeS) {
    // Nobody checks it here, where there are no bytes.
    Seal seal = peer.equals(id) ? new Seal(new byte[0], new byte[0]) : null;
    return new Pointer(peer, relays, network.nowNs(), lifetimeS, seal);
  }

  @Override
  public Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving) {
    return FakeMemberships.sign(id, swarm, network.nowNs(), lifetimeS, leaving, tag);
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
    send(VirtualDatagram.of(header, message, to.via()), to);
  }

  private void send(VirtualDatagram datagram, Verdict.Forward to) {
    ((VirtualLink) to.first()).send(network, datagram);
    if (to.second() instanceof VirtualLink second) {
      second.send(network, datagram);
    }
  }

  void receive(VirtualLink link, VirtualDatagram datagram) {
    link.heard(network.nowNs());
    Transit transit = datagram.transit();
    Message message = datagram.message();
    Verdict verdict = node.router().route(transit, message.kind(), link, network.nowNs());
    if (verdict instanceof Verdict.Forward forward) {
      send(datagram.onward(transit), forward);
    } else if (verdict instanceof Verdict.Deliver) {
      Arrival arrival =
          new Arrival(
              datagram.from(),
              datagram.nonce(),
              link.peer(),
              21 - datagram.hopsLeft(),
              Provenance.CLAIMED,
              false,
              datagram.attempt());
      node.onDelivered(arrival, message, network.nowNs());
    }
  }

  @Override
  public void onMessage(Arrival arrival, Payload payload) {
    messages.add(payload);
  }

  @Override
  public void onPeer(PeerId peer) {}

  @Override
  public void onPeerLost(PeerId peer) {
    peersLost++;
  }

  @Override
  public void onConnectFailed(PeerId peer, ConnectFailure failure) {}

  @Override
  public void onUndeliverable(PeerId to, long nonce, DropReason reason) {}
}
