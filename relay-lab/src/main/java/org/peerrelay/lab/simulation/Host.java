package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.node.NodeListener;
import org.peerrelay.node.RelayNode;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.NamedCounts;
import org.peerrelay.routing.AddressGroup;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.swarm.SwarmListener;

/** A process in the simulated network: a node, and an application that only takes note. */
final class Host extends Event implements NodeListener {
  private final Network network;
  private final int number;
  private final NodeRole role;
  private final PeerId id;
  private final boolean side;
  private final long tickNs;
  private final @Nullable AddressGroup group;
  private final @Nullable String url;
  private final long sinceNs;
  private final HostTransport transport;
  private final RelayNode node;
  private boolean running = true;
  private long diedNs;

  /** Where it stands in its {@link Members}. */
  int place;

  /** What it has sent since measuring began, users' datagrams excepted. */
  long controlBytes;

  /** The datagram that the node is given at the moment; null if it is not watched. */
  private @Nullable Frame delivering;

  Host(Network network, int number, Newcomer newcomer, long tickNs) {
    this.network = network;
    this.number = number;
    this.role = newcomer.role();
    this.id = newcomer.id();
    this.group = newcomer.address().group();
    this.url = newcomer.url();
    this.tickNs = tickNs;
    this.sinceNs = network.nowNs();
    this.side = network.random().nextBoolean();
    this.transport = new HostTransport(this, newcomer.conduct());
    NodeConfig config = role == NodeRole.RELAY ? NodeConfig.RELAY : NodeConfig.LEAF;
    this.node = new RelayNode(id, config, network.random(), transport, this);
  }

  /** Begins to listen, to dial and to tick. */
  void start(Iterable<String> bootstraps) {
    if (url != null) {
      network.listen(url, this);
      node.advertise(url);
    }
    bootstraps.forEach(bootstrap -> node.bootstrap(bootstrap, network.nowNs()));
    node.onTick(network.nowNs());
    network.at(network.nowNs() + network.random().nextLong(tickNs), this);
  }

  /** Time passes: a tick. */
  @Override
  void happen() {
    if (running) {
      node.onTick(network.nowNs());
      node.settle(network.nowNs());
      network.at(network.nowNs() + tickNs, this);
    }
  }

  Network network() {
    return network;
  }

  int number() {
    return number;
  }

  NodeRole role() {
    return role;
  }

  PeerId id() {
    return id;
  }

  /** On which side it is when the network falls apart. */
  boolean side() {
    return side;
  }

  @Nullable AddressGroup group() {
    return group;
  }

  @Nullable String url() {
    return url;
  }

  long sinceNs() {
    return sinceNs;
  }

  RelayNode node() {
    return node;
  }

  boolean isRunning() {
    return running;
  }

  /** When it died; only of use if it has. */
  long diedNs() {
    return diedNs;
  }

  /** Whether it is one that misbehaves. */
  boolean isAttacker() {
    return transport.isAttacker();
  }

  /**
   * It dies.
   *
   * @param silently whether nobody is told, as when the power fails; else its links are reset
   */
  void die(boolean silently) {
    running = false;
    diedNs = network.nowNs();
    if (silently) {
      return;
    }
    if (url != null) {
      network.unlisten(url, this);
    }
    for (Link link : node.router().links()) {
      SimulatedLink end = (SimulatedLink) link;
      if (end.open) {
        end.open = false;
        network.reset(end.otherEnd());
      }
    }
  }

  /** A link is there; tells whether it is accepted. */
  boolean onUp(SimulatedLink end) {
    end.heard(network.nowNs());
    boolean accepted = node.onLinkUp(end, network.nowNs());
    node.settle(network.nowNs());
    return accepted;
  }

  /** A link is down at this end. */
  void onDown(SimulatedLink end) {
    end.open = false;
    if (running) {
      node.onLinkDown(end, network.nowNs());
      node.settle(network.nowNs());
    }
  }

  void receive(Frame frame, SimulatedLink at) {
    network.forwarding().receive(frame, at, transport);
  }

  /** Sends a user's datagram that is watched. */
  void send(Journey journey, Payload payload) {
    transport.watch(journey);
    node.send(journey.to.id(), payload, network.nowNs());
    transport.watch(null);
  }

  /** Makes an attempt to get a user's datagram to its target that is watched and answered. */
  void probe(Journey journey, Message message, long nonce, int attempt) {
    transport.watch(journey);
    node.probe(journey.to.id(), message, nonce, attempt, network.nowNs());
    transport.watch(null);
  }

  /** It becomes a member of a swarm. */
  void join(SwarmKey key, SwarmListener listener) {
    node.swarms().join(key, new NamedCounts<>(SwarmDrop.class), listener, network.nowNs());
    node.settle(network.nowNs());
  }

  /** It says that it leaves a swarm. */
  void leave(SwarmKey key) {
    node.swarms().leave(key.swarm(), network.nowNs());
    node.settle(network.nowNs());
  }

  /** It sends something to all members of a swarm that it is in. */
  void cast(SwarmKey key, long channel, Payload payload) {
    node.swarms().sendToAll(key.swarm(), channel, payload, network.nowNs());
    node.settle(network.nowNs());
  }

  /** Gives the node a datagram that has arrived here. */
  void deliver(Arrival arrival, Frame frame) {
    delivering = frame;
    node.onDelivered(arrival, frame.message, network.nowNs());
    delivering = null;
    node.settle(network.nowNs());
  }

  @Override
  public void onMessage(Arrival arrival, Payload payload) {
    Frame frame = delivering;
    if (frame != null && frame.journey != null && frame.trail != null) {
      frame.journey.arrive(frame.trail.length() - 2, network.nowNs());
    }
  }

  @Override
  public void onPong(PeerId from, long nonce) {
    Sending sending = network.awaiting().get(nonce);
    if (sending != null && sending.from == this && sending.to.id().equals(from)) {
      sending.onAnswered();
    }
  }

  @Override
  public void onTraceHop(PeerId from, Message.TraceHop hop) {}

  @Override
  public void onPeer(PeerId peer) {}

  @Override
  public void onPeerLost(PeerId peer) {}

  @Override
  public void onConnectFailed(PeerId peer, ConnectFailure failure) {}

  @Override
  public void onUndeliverable(PeerId to, long nonce, DropReason reason) {
    transport.onUndeliverable(reason);
    Sending sending = network.awaiting().get(nonce);
    if (sending != null && sending.from == this) {
      sending.onRefused();
    }
  }
}
