package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.Access;
import org.peerrelay.access.AccessLists;
import org.peerrelay.access.SharedToken;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;
import org.peerrelay.node.NodeListener;
import org.peerrelay.node.RelayNode;
import org.peerrelay.overlay.DialPolicy;
import org.peerrelay.overlay.KnownRelay;
import org.peerrelay.relay.Counters;

/**
 * A running node: a {@link RelayNode} on its control loop, with a listener, a dialer and links on
 * the event loops of the process. All methods are for any thread, and none of them blocks but
 * {@link #start}.
 */
public final class NettyNode {
  /**
   * The system property that says on how many event loops all nodes of this process run, instead of
   * one a core. It is read when the first of them starts.
   */
  public static final String THREADS_PROPERTY = "org.peerrelay.threads";

  /** How often the relays that were met are written to their file, if they have changed. */
  private static final long KEEP_MS = 30_000;

  /** Roughly what a waiting event takes beside its payload. */
  private static final int EVENT_BYTES = 100;

  private final NodeSettings settings;
  private final OwnAddress ownAddress;
  private final NodeListener listener;
  private final RelayNode node;
  private final Inbox inbox;
  private final SwarmGate swarms;
  private final LinkHost host;
  private final WebSocketDialer dialer;
  private final @Nullable KnownRelaysFile knownRelays;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable Channel listening;
  private @Nullable Future<?> ticking;
  private @Nullable Future<?> keeping;
  private volatile boolean closing;

  private NettyNode(NodeSettings settings, RandomGenerator random, NodeListener listener) {
    this.settings = settings;
    this.listener = listener;
    SocketTransport sockets =
        new SocketTransport(settings.identity(), this::dial, System::currentTimeMillis);
    this.node = new RelayNode(settings.identity().id(), settings.node(), random, sockets, listener);
    this.inbox = new Inbox(settings.transport().maxInboxBytes(), node::settle);
    this.swarms = new SwarmGate(inbox, node.swarms(), sockets::issue);
    InetSocketAddress listen = settings.listen();
    DialPolicy policy =
        DialPolicy.of(listen == null ? null : listen.getAddress(), settings.dialPrivate());
    this.ownAddress =
        new OwnAddress(
            listen != null, settings.tls() != null, policy, this::dialSelf, this::advertise);
    this.host =
        new LinkHost(
            settings.identity().id(),
            new Openings(
                settings.identity(),
                ownAddress,
                settings.transport().wire().maxPayloadBytes(),
                settings.legacy()),
            node,
            inbox,
            settings.transport(),
            new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true),
            new LinkRegistry(),
            settings.access(),
            settings.limits(),
            new Admission(settings.limits(), node.counters()));
    node.counters().ask(() -> passed(host.links().traffic()));
    this.dialer =
        new WebSocketDialer(host, policy, new DialTokens(settings.bootstraps()), settings.trust());
    Path known = settings.knownRelays();
    this.knownRelays = known == null ? null : new KnownRelaysFile(known);
  }

  private static Counters.Passed passed(Traffic traffic) {
    return new Counters.Passed(traffic.received(), traffic.sent());
  }

  private void dial(Dial dial) {
    dialer.dial(dial);
  }

  private void dialSelf(String url) {
    dial(new Dial(url, settings.identity().id()));
  }

  private void advertise(String url) {
    inbox.post(nowNs -> node.onAddressFound(url));
  }

  /**
   * Starts a node: binds its listener, if it has one, and begins to dial.
   *
   * @param random draws nonces and jitter; used by several threads
   * @throws IOException if the address cannot be bound
   */
  public static NettyNode start(
      NodeSettings settings, RandomGenerator random, NodeListener listener) throws IOException {
    NettyNode started = new NettyNode(settings, random, listener);
    InetSocketAddress listen = settings.listen();
    if (listen != null) {
      started.listen(listen);
    }
    started.begin();
    return started;
  }

  private void listen(InetSocketAddress address) throws IOException {
    ChannelFuture binding =
        new WebSocketListener(host, settings).listen(address).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new IOException(
          "cannot listen on " + address.getHostString() + ":" + address.getPort(), binding.cause());
    }
    listening = binding.channel();
    host.channels().add(listening);
    InetSocketAddress bound = (InetSocketAddress) listening.localAddress();
    ownAddress.bound(bound.getPort(), givenUrl(bound));
    listening.config().setAutoRead(true);
  }

  private @Nullable String givenUrl(InetSocketAddress bound) {
    boolean any = bound.getAddress().isAnyLocalAddress();
    return settings.advertise() != null || any
        ? settings.advertise()
        : WebSocketUrl.of(bound, settings.tls() != null);
  }

  private void begin() {
    String url = url();
    KnownRelaysFile file = knownRelays;
    List<KnownRelay> met = file == null ? List.of() : file.read();
    inbox.post(
        nowNs -> {
          if (url != null) {
            node.advertise(url);
          }
          node.recall(met);
          settings
              .bootstraps()
              .forEach(given -> node.bootstrap(WebSocketUrl.withoutToken(given), nowNs));
          ticking = inbox.repeat(Ticks.PERIOD_MS, new Ticks(node)::onTick);
          if (file != null) {
            keeping = inbox.repeat(KEEP_MS, laterNs -> file.keep(node.knownRelays()));
          }
        });
  }

  /** The address that the listener is bound to; null if the node does not listen. */
  public @Nullable InetSocketAddress address() {
    return listening == null ? null : (InetSocketAddress) listening.localAddress();
  }

  /**
   * The URL at which others can dial the node: the advertised one, that of the listener if it is
   * bound to one address, or one that has been found out; else null.
   */
  public @Nullable String url() {
    return ownAddress.url();
  }

  /** What became of datagrams and links so far. */
  public Counters.Snapshot counters() {
    return node.counters().snapshot();
  }

  /** What there is to know of the node at this moment. Costs some work for each link. */
  public NodeStatus status() {
    LinkRegistry links = host.links();
    ServerTls tls = settings.tls();
    return new NodeStatus(
        counters(),
        links.open(),
        links.traffic(),
        node.router().pointers().size(),
        node.swarms().known(),
        node.swarms().knownMembers(),
        tls == null ? null : tls.expires());
  }

  /** The last 1,000 links that have ended, the oldest first. */
  public List<ClosedLink> closedLinks() {
    return host.links().closed();
  }

  /** The event loops on which all nodes of this process run, to watch how they do. */
  public static EventLoopGroup eventLoops() {
    return EventLoops.group();
  }

  /** Whether there is a direct link with {@code peer} at present. */
  public boolean isLinked(PeerId peer) {
    return node.router().link(peer) != null;
  }

  /** Sends a message, or lets it wait for the first link. The payload must have been checked. */
  public void send(PeerId to, Payload payload) {
    if (closing) {
      undeliverable(to, DropReason.CLOSED);
    } else if (to.equals(settings.identity().id())) {
      Message message = new Message.User(payload);
      Arrival arrival = new Arrival(to, node.nonce(), to, 0, Provenance.VERIFIED, false);
      enqueue(to, payload, nowNs -> node.onDelivered(arrival, message, nowNs));
    } else if (!node.router().isConnected()) {
      enqueue(to, payload, nowNs -> node.sendOrWait(to, payload, nowNs));
    } else {
      node.send(to, payload, System.nanoTime());
    }
  }

  /** A random nonce. */
  public long nonce() {
    return node.nonce();
  }

  /** Sends what is to be answered, at once; see {@link RelayNode#probe}. */
  public void probe(PeerId to, Message message, long nonce, int attempt) {
    node.probe(to, message, nonce, attempt, System.nanoTime());
  }

  private void enqueue(PeerId to, Payload payload, LongConsumer event) {
    if (!inbox.offer(payload.sizeBytes() + EVENT_BYTES, event)) {
      undeliverable(to, DropReason.QUEUE_FULL);
    }
  }

  private void undeliverable(PeerId to, DropReason reason) {
    node.counters().countDropped(reason);
    listener.onUndeliverable(to, RelayNode.NO_NONCE, reason);
  }

  /** The swarms that it is in. */
  public SwarmGate swarms() {
    return swarms;
  }

  /** Asks for a direct link; the listener is told of it, or of its failure. */
  public void connect(PeerId peer) {
    inbox.post(nowNs -> node.connect(peer, nowNs));
  }

  /** Closes the direct link with {@code peer}, if there is one. */
  public void disconnect(PeerId peer) {
    inbox.post(nowNs -> node.disconnect(peer, nowNs));
  }

  /**
   * Prepares for the end: accepts and dials nothing more, and tells the neighbours that the node
   * goes down soon, so that leaves look for other relays while this one still serves them.
   *
   * @param graceNs how long they may take
   * @return done when nobody can come any more and no such leaf is left, or the time is over;
   *     {@link #close} is still to come
   */
  public CompletableFuture<Void> drain(long graceNs) {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    inbox.post(
        nowNs -> {
          if (listening != null) {
            listening.close();
          }
          node.drain();
          Future<?> watch =
              inbox.repeat(
                  Ticks.PERIOD_MS,
                  laterNs -> {
                    boolean deaf = listening == null || listening.closeFuture().isDone();
                    if ((deaf && node.isDrained()) || laterNs - nowNs >= graceNs) {
                      drained.complete(null);
                    }
                  });
          drained.whenComplete((nothing, failure) -> watch.cancel(false));
        });
    return drained;
  }

  /**
   * Closes the node: accepts and dials nothing more, sends what is queued, and closes all links.
   *
   * @return done when all sockets are closed, which takes the links' closing time at most
   */
  public CompletableFuture<Void> close() {
    inbox.post(this::beginClose);
    return closed.copy();
  }

  /** Whether the caller is one of the library's own threads, which must not wait for others. */
  public static boolean onEventLoop() {
    return EventLoops.isCurrent();
  }

  private void beginClose(long nowNs) {
    if (closing) {
      return;
    }
    closing = true;
    node.onClose(nowNs);
    if (ticking != null) {
      ticking.cancel(false);
    }
    CompletableFuture<Void> kept = keepAtLast();
    ChannelGroup channels = host.channels();
    channels.forEach(NettyNode::closeGracefully);
    Future<?> deadline = inbox.after(settings.transport().closeNs(), channels::close);
    channels
        .newCloseFuture()
        .addListener(
            done -> {
              deadline.cancel(false);
              channels.close();
              kept.whenComplete((nothing, failure) -> closed.complete(null));
            });
  }

  private CompletableFuture<Void> keepAtLast() {
    if (keeping != null) {
      keeping.cancel(false);
    }
    return knownRelays == null
        ? CompletableFuture.completedFuture(null)
        : knownRelays.keep(node.knownRelays());
  }

  /** Who may link. */
  public Access access() {
    return settings.access();
  }

  /**
   * From now on these count. Connections of those whom the lists do not let in any more are closed;
   * a link that has shown another token stays.
   *
   * @return how many are closed
   */
  public int changeAccess(AccessLists lists, @Nullable SharedToken token) {
    settings.access().change(lists, token);
    return new AccessSweep(host).closeShutOut();
  }

  private static void closeGracefully(Channel channel) {
    LinkHandler handler = channel.pipeline().get(LinkHandler.class);
    if (handler == null) {
      channel.close();
    } else {
      handler.link().close(CloseReason.GOING_AWAY);
    }
  }
}
