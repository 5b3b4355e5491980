package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;
import org.peerrelay.node.NodeListener;
import org.peerrelay.node.RelayNode;
import org.peerrelay.node.Transport;
import org.peerrelay.overlay.DialPolicy;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.transport.OutboundQueue.Lane;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.legacy.LegacyWriter;

/**
 * A running node: a {@link RelayNode} on its control loop, with a listener, a dialer and links on
 * the event loops of the process. All methods are for any thread, and none of them blocks but
 * {@link #start}.
 */
public final class NettyNode {
  private static final long TICK_MS = 100;

  /** Roughly what a waiting event takes beside its payload. */
  private static final int EVENT_BYTES = 100;

  private final NodeSettings settings;
  private final NodeListener listener;
  private final RelayNode node;
  private final Inbox inbox;
  private final LinkHost host;
  private final WebSocketDialer dialer;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable Channel listening;
  private @Nullable Future<?> ticking;
  private volatile boolean closing;

  private NettyNode(NodeSettings settings, RandomGenerator random, NodeListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.node =
        new RelayNode(
            settings.identity().id(), settings.node(), random, new SocketTransport(), listener);
    this.inbox = new Inbox(settings.transport().maxInboxBytes(), node::settle);
    this.host =
        new LinkHost(
            settings.identity().id(),
            new Openings(
                settings.identity(),
                settings.listen() != null,
                settings.transport().wire().maxPayloadBytes()),
            node,
            inbox,
            settings.transport(),
            new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true));
    InetSocketAddress listen = settings.listen();
    this.dialer =
        new WebSocketDialer(
            host,
            settings.transport().wire().maxFrameBytes(),
            DialPolicy.of(listen == null ? null : listen.getAddress(), settings.dialPrivate()),
            listen != null);
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
    ChannelFuture bound =
        new WebSocketListener(host, settings.transport().wire().maxFrameBytes())
            .listen(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + address.getHostString() + ":" + address.getPort(), bound.cause());
    }
    listening = bound.channel();
    host.channels().add(listening);
  }

  private void begin() {
    String url = url();
    inbox.post(
        nowNs -> {
          if (url != null) {
            node.advertise(url);
          }
          settings.bootstraps().forEach(bootstrap -> node.bootstrap(bootstrap, nowNs));
          ticking = inbox.repeat(TICK_MS, node::onTick);
        });
  }

  /** The address that the listener is bound to; null if the node does not listen. */
  public @Nullable InetSocketAddress address() {
    return listening == null ? null : (InetSocketAddress) listening.localAddress();
  }

  /**
   * The URL at which others can dial the node: the advertised one, or that of the listener if it is
   * bound to one address; else null.
   */
  public @Nullable String url() {
    InetSocketAddress address = address();
    if (settings.advertise() != null || address == null) {
      return settings.advertise();
    }
    InetAddress ip = address.getAddress();
    return ip.isAnyLocalAddress() ? null : WebSocketUrl.of(address);
  }

  /** What became of datagrams and links so far. */
  public Counters.Snapshot counters() {
    return node.counters().snapshot();
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
      enqueue(to, payload, nowNs -> node.onDelivered(to, message, nowNs));
    } else if (!node.router().isConnected()) {
      enqueue(to, payload, nowNs -> node.sendOrWait(to, payload, nowNs));
    } else {
      node.send(to, payload, System.nanoTime());
    }
  }

  private void enqueue(PeerId to, Payload payload, LongConsumer event) {
    if (!inbox.offer(payload.sizeBytes() + EVENT_BYTES, event)) {
      undeliverable(to, DropReason.QUEUE_FULL);
    }
  }

  private void undeliverable(PeerId to, DropReason reason) {
    node.counters().countDropped(reason);
    listener.onUndeliverable(to, reason);
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
    ChannelGroup channels = host.channels();
    channels.forEach(NettyNode::closeGracefully);
    Future<?> deadline = inbox.after(settings.transport().closeNs(), channels::close);
    channels
        .newCloseFuture()
        .addListener(
            done -> {
              deadline.cancel(false);
              channels.close();
              closed.complete(null);
            });
  }

  private static void closeGracefully(Channel channel) {
    LinkHandler handler = channel.pipeline().get(LinkHandler.class);
    if (handler == null) {
      channel.close();
    } else {
      handler.link().close(CloseReason.GOING_AWAY);
    }
  }

  private final class SocketTransport implements Transport {
    @Override
    public void dial(String url, @Nullable PeerId expected) {
      dialer.dial(new Dial(url, expected));
    }

    @Override
    public void close(Link link, CloseReason reason) {
      WebSocketLink.of(link).close(reason);
    }

    @Override
    public void ping(Link link) {
      WebSocketLink.of(link).ping();
    }

    @Override
    public void transmit(Header header, Message message, Verdict.Forward to) {
      transmit(header, message, to.first());
      Link second = to.second();
      if (second != null) {
        transmit(header, message, second);
      }
    }

    private static void transmit(Header header, Message message, Link to) {
      ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
      ByteBuf frame =
          to.format() == LinkFormat.BINARY
              ? DatagramLayout.frame(allocator, header, 0, DatagramLayout.MAX_HOPS, message)
              : LegacyWriter.originate(allocator, header, message);
      Lane lane = message.kind() == MessageKind.USER ? Lane.DATAGRAM : Lane.CONTROL;
      WebSocketLink.of(to).send(frame, lane);
    }
  }
}
