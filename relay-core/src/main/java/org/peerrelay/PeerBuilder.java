package org.peerrelay;

import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.Access;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.transport.AllowedOrigins;
import org.peerrelay.transport.ClientTls;
import org.peerrelay.transport.ConnectionLimits;
import org.peerrelay.transport.NodeSettings;
import org.peerrelay.transport.ServerTls;
import org.peerrelay.transport.TransportConfig;
import org.peerrelay.transport.TrustedProxies;
import org.peerrelay.transport.WebSocketUrl;

/**
 * Makes a {@link Peer}. Everything is optional: a peer that neither listens nor bootstraps is
 * alone. Not thread-safe.
 */
public final class PeerBuilder {
  private final List<String> bootstraps = new ArrayList<>();
  private @Nullable Identity identity;
  private @Nullable InetSocketAddress listen;
  private @Nullable String advertise;
  private boolean dialPrivate;
  private boolean legacy = true;
  private @Nullable Path knownRelays;
  private @Nullable Supplier<? extends ChannelHandler> http;
  private @Nullable NodeConfig node;
  private TransportConfig transport = TransportConfig.DEFAULT;
  private Access access = Access.open();
  private TrustedProxies trustedProxies = TrustedProxies.NONE;
  private AllowedOrigins origins = AllowedOrigins.ALL;
  private @Nullable ServerTls tls;
  private ClientTls trust = ClientTls.ofJava();
  private Supplier<ConnectionLimits> limits = () -> ConnectionLimits.DEFAULT;
  private MessageListener onMessage = (from, payload, provenance) -> {};
  private Consumer<PeerId> onPeer = peer -> {};
  private Consumer<PeerId> onPeerLost = peer -> {};
  private BiConsumer<PeerId, DropReason> onUndeliverable = (to, reason) -> {};

  PeerBuilder() {}

  /** The key whose id the peer has; a fresh one if this is not called. */
  public PeerBuilder identity(Identity identity) {
    this.identity = identity;
    return this;
  }

  /**
   * Keeps a link to the relay at {@code url}, for ever: if it is not there, or goes away, it is
   * dialed again with growing pauses. Any number of them. A {@code token} in the query is for that
   * server alone, which gets it in a header; it is told to nobody else and kept nowhere.
   *
   * @throws IllegalArgumentException if it is no URL of the scheme ws or wss
   */
  public PeerBuilder bootstrap(String url) {
    bootstraps.add(WebSocketUrl.check(url));
    return this;
  }

  /**
   * Accepts connections at {@code address}, and relays for those who come. Port 0 is any free one.
   */
  public PeerBuilder listen(InetSocketAddress address) {
    this.listen = address;
    return this;
  }

  /**
   * The URL that others are told to dial; without it, that of the listener, if it is bound to one
   * address.
   *
   * @throws IllegalArgumentException with one clear line if it is no URL of the scheme ws or wss,
   *     or one that not all can dial or that is not for all: with a token, a user, a fragment, an
   *     IPv6 zone, a host in punycode or of more than 253 characters, or anything but ASCII
   */
  public PeerBuilder advertise(String url) {
    this.advertise = WebSocketUrl.checkTold(url);
    return this;
  }

  /** Allows to dial private and loopback addresses that other peers name. */
  public PeerBuilder dialPrivate(boolean allowed) {
    this.dialPrivate = allowed;
    return this;
  }

  /**
   * Whether it links with legacy peers, those of the npm package, which prove no ids. It does if
   * this is not called; else their links are refused, those that come in and those that it makes.
   */
  public PeerBuilder legacy(boolean allowed) {
    this.legacy = allowed;
    return this;
  }

  /**
   * Keeps the relays that it has dialed and met in {@code file}, 64 at most, and dials them when it
   * has too few links: so a restart works when no bootstrap URL answers. The file is made if it is
   * missing, not its folder, and belongs to one peer at a time.
   */
  public PeerBuilder knownRelays(Path file) {
    this.knownRelays = file;
    return this;
  }

  /**
   * Answers plain HTTP on the listener's port. A connection whose first request asks for no
   * WebSocket gets a handler from {@code front}, behind Netty's HTTP codec, and is its alone until
   * the end, or until an upgrade to WebSocket comes when all requests are answered: then the
   * handler is removed. The listener's bound on connections and its closing hold as for links.
   * Without this such requests are told to come by WebSocket.
   */
  public PeerBuilder http(Supplier<? extends ChannelHandler> front) {
    this.http = front;
    return this;
  }

  /** The node's constants; {@link NodeConfig#RELAY} if it listens, else {@link NodeConfig#LEAF}. */
  public PeerBuilder node(NodeConfig config) {
    this.node = config;
    return this;
  }

  /** The transport's bounds; {@link TransportConfig#DEFAULT} if this is not called. */
  public PeerBuilder transport(TransportConfig config) {
    this.transport = config;
    return this;
  }

  /**
   * Who may link with the peer; everybody, if this is not called. It belongs to one peer. Whom the
   * peer itself dials at a {@link #bootstrap} URL only the list of the denied keeps out.
   */
  public PeerBuilder access(Access allowed) {
    this.access = allowed;
    return this;
  }

  /**
   * Bounds of what comes to the listener; {@link ConnectionLimits#DEFAULT} if this is not called.
   * They are asked for anew for each connection and each read, by any thread: so whoever gives
   * others from now on replaces them.
   */
  public PeerBuilder limits(Supplier<ConnectionLimits> limits) {
    this.limits = limits;
    return this;
  }

  /**
   * Has the listener speak TLS, and nothing else: its URLs begin with wss. What is given here may
   * take another certificate at any time.
   */
  public PeerBuilder tls(ServerTls server) {
    this.tls = server;
    return this;
  }

  /**
   * Whom the listener believes where a client is: reverse proxies that set {@code X-Forwarded-For},
   * or begin connections with a header of the PROXY protocol, version 2. Nobody else can say so.
   */
  public PeerBuilder trustedProxies(TrustedProxies proxies) {
    this.trustedProxies = proxies;
    return this;
  }

  /** Whose pages may link from within a browser; all, if this is not called. */
  public PeerBuilder origins(AllowedOrigins allowed) {
    this.origins = allowed;
    return this;
  }

  /**
   * Whom it believes when it dials a URL of the scheme wss; {@link ClientTls#ofJava} if this is not
   * called.
   */
  public PeerBuilder trust(ClientTls client) {
    this.trust = client;
    return this;
  }

  /**
   * Is told every message: who sent it, as far as the wire format proves that (the legacy one does
   * not), and what.
   */
  public PeerBuilder onMessage(BiConsumer<PeerId, Payload> listener) {
    this.onMessage = (from, payload, provenance) -> listener.accept(from, payload);
    return this;
  }

  /** As {@link #onMessage(BiConsumer)}, and tells how far the authors are known. */
  public PeerBuilder onMessage(MessageListener listener) {
    this.onMessage = listener;
    return this;
  }

  /** Is told of every direct link that is made. */
  public PeerBuilder onPeer(Consumer<PeerId> listener) {
    this.onPeer = listener;
    return this;
  }

  /** Is told of every direct link that is lost. */
  public PeerBuilder onPeerLost(Consumer<PeerId> listener) {
    this.onPeerLost = listener;
    return this;
  }

  /**
   * Is told when a message is known not to have been delivered, to whom, and why; perhaps on the
   * thread that sends.
   */
  public PeerBuilder onUndeliverable(BiConsumer<PeerId, DropReason> listener) {
    this.onUndeliverable = listener;
    return this;
  }

  /**
   * Starts the peer.
   *
   * @throws IOException if the address to listen on cannot be bound
   */
  public Peer start() throws IOException {
    Identity own = identity == null ? Identity.generate(new SecureRandom()) : identity;
    NodeConfig byRole = listen == null ? NodeConfig.LEAF : NodeConfig.RELAY;
    NodeSettings settings =
        new NodeSettings(
            own,
            listen,
            advertise,
            bootstraps,
            dialPrivate,
            legacy,
            knownRelays,
            http,
            node == null ? byRole : node,
            transport,
            access,
            trustedProxies,
            origins,
            tls,
            trust,
            limits);
    return Peer.start(settings, new PeerListeners(onMessage, onPeer, onPeerLost, onUndeliverable));
  }
}
