package org.peerrelay.daemon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.access.Access;
import org.peerrelay.daemon.admin.Admin;
import org.peerrelay.daemon.admin.HttpSide;
import org.peerrelay.daemon.channels.ChannelLimits;
import org.peerrelay.daemon.channels.SignalChannels;
import org.peerrelay.daemon.gateway.Gateway;
import org.peerrelay.daemon.gateway.GatewayLimits;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.HttpFront;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.daemon.http.Router;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.transport.ClientTls;
import org.peerrelay.transport.ConnectionLimits;
import org.peerrelay.transport.NettyNode;
import org.peerrelay.transport.ServerTls;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs a relay until it is told to end. */
@Command(
    name = "serve",
    description = {
      "Runs a relay: accepts peers, and carries their messages to one another. On the same port it"
          + " serves HTTP: a page at /, signalling channels at /channels, and peers of scripts at"
          + " /sessions."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MAX_THREADS = 256;

  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "TCP port to listen on; 0 takes a free one. Default: ${DEFAULT-VALUE}")
  private int port = 8_000;

  @Option(
      names = "--host",
      paramLabel = "ADDR",
      description = "Address to listen on; 0.0.0.0 is all. Default: ${DEFAULT-VALUE}")
  private String host = "0.0.0.0";

  @Option(
      names = {"-b", "--bootstrap"},
      paramLabel = "URL",
      hideParamSyntax = true,
      split = Url.SEPARATORS,
      converter = Url.class,
      description = "Another relay to stay linked with; may be repeated.")
  private List<String> bootstraps = List.of();

  @Option(
      names = "--advertise",
      paramLabel = "URL",
      converter = Url.Told.class,
      description = "The URL at which other relays can dial this one.")
  private @Nullable String advertise;

  @Option(
      names = "--dial-private",
      converter = OutputOptions.FlagConverter.class,
      fallbackValue = "true",
      description = "Dials private and loopback addresses too, if other peers name them.")
  private boolean dialPrivate;

  @Option(
      names = "--legacy",
      paramLabel = "on|off",
      converter = OnOff.Converter.class,
      description = {
        "off: links with peers of protocol 2 only, which prove their ids; peers and relays of the"
            + " npm package are refused. Default: ${DEFAULT-VALUE}"
      })
  private OnOff legacy = OnOff.ON;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Threads.class,
      description = "How many threads move messages. Default: one a core")
  private @Nullable Integer threads;

  @Mixin private final ChannelOptions channels = new ChannelOptions();
  @Mixin private final SessionOptions sessions = new SessionOptions();
  @Mixin private final LimitOptions limits = new LimitOptions();
  @Mixin private final ConfigOption config = new ConfigOption();
  @Mixin private final ProxyOptions proxies = new ProxyOptions();
  @Mixin private final Draining draining = new Draining();
  @Mixin private final AccessOptions accesses = new AccessOptions();
  @Mixin private final AdminOptions admins = new AdminOptions();
  @Mixin private final TlsOptions tls = new TlsOptions();
  @Mixin private final TrustOption trust = new TrustOption();
  @Mixin private final IdentityOption identity;
  @Mixin private final KnownRelaysOption knownRelays = new KnownRelaysOption();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final LogOptions logs = new LogOptions();

  ServeCommand(Console console) {
    this.console = console;
    this.identity = new IdentityOption(IdentityPlace.userState(console.environment()));
  }

  @Override
  public Integer call() throws CommandFailedException, InterruptedException {
    InetSocketAddress address = address();
    Access access = accesses.open();
    if (threads != null) {
      System.setProperty(NettyNode.THREADS_PROPERTY, threads.toString());
    }
    logs.apply();
    ClientTls believed = trust.trust();
    Reload.Running running = running(access);
    HttpCounters counters = new HttpCounters();
    SecureRandom random = new SecureRandom();
    SignalChannels signals =
        new SignalChannels(DaemonRoutes.CHANNELS, running.channels()::get, random, counters);
    try (tls;
        StopSignal stop = StopSignal.drainingFor(draining.timeoutMs());
        Gateway gateway = new Gateway(running.sessions()::get, random, counters);
        Admin admin =
            admins.listen(console, new HttpSide(counters, signals::size, gateway::size))) {
      if (config.file() != null || !accesses.files().keys().isEmpty() || tls.hasFiles()) {
        Reload.onHangUp(console, Objects.requireNonNull(spec), running);
      }
      ServerTls server = tls.open(console, advertise);
      Identity own = identity.openOrFresh(console);
      // A relay goes on when nobody reads its events any more.
      Results results = output.begin(console, () -> {});
      LinkNotes notes = new LinkNotes(console, bootstraps);
      Supplier<HttpFront> http = http(own.id(), signals, gateway, counters, access);
      Peer peer;
      // So that no peer is told of before the relay itself.
      synchronized (results) {
        PeerBuilder builder = builder(own, http, server).trust(believed).access(access);
        peer = start(builder.limits(running.connections()::get), address, results, notes);
        running.relay().set(peer);
        gateway.attach(peer, server);
        if (admin != null) {
          admin.attach(peer);
        }
        results.listening(url(peer, server != null), own.id());
      }
      try {
        if (peer.url() == null) {
          console.note(
              "serving as a relay for its own links only: there is no --advertise URL at which"
                  + " others could dial it");
        }
        notes.watchUntil(stop);
        // First of all, so that nobody new is sent here.
        if (admin != null) {
          admin.health().end();
        }
        draining.drain(peer, gateway);
      } finally {
        peer.close();
      }
      return results.finish().code();
    }
  }

  private Reload.Running running(Access access) {
    return new Reload.Running(
        new AtomicReference<>(connectionLimits()),
        new AtomicReference<>(channelLimits()),
        new AtomicReference<>(sessionLimits()),
        access,
        new AtomicReference<>(),
        tls);
  }

  /** The bounds of channels. */
  ChannelLimits channelLimits() {
    return channels.limits();
  }

  /** The bounds of sessions. */
  GatewayLimits sessionLimits() {
    return sessions.limits();
  }

  /** The bounds of what comes to the listener. */
  ConnectionLimits connectionLimits() {
    return limits.limits(console);
  }

  /** Where lists and token are. */
  AccessFiles accessFiles() {
    return accesses.files();
  }

  /** Whether debug logs are written. */
  boolean verbose() {
    return output.verbose();
  }

  private InetSocketAddress address() throws CommandFailedException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    // An empty name would stand for localhost.
    if (address.isUnresolved() || host.isBlank()) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          "--host: '" + host + "' (expected: a name or an address of this machine)");
    }
    return address;
  }

  private PeerBuilder builder(Identity own, Supplier<HttpFront> http, @Nullable ServerTls server) {
    PeerBuilder builder =
        Peer.builder().identity(own).dialPrivate(dialPrivate).legacy(legacy == OnOff.ON).http(http);
    bootstraps.forEach(builder::bootstrap);
    knownRelays.apply(builder, identity);
    proxies.apply(builder);
    if (advertise != null) {
      builder.advertise(advertise);
    }
    if (server != null) {
      builder.tls(server);
    }
    return builder;
  }

  private Peer start(
      PeerBuilder builder, InetSocketAddress address, Results results, LinkNotes notes)
      throws CommandFailedException {
    builder
        .listen(address)
        .onPeer(
            peer -> {
              notes.onUp(peer);
              synchronized (results) {
                results.peer(peer);
              }
            })
        .onPeerLost(
            peer -> {
              if (notes.onDown()) {
                results.peerLost(peer);
              }
            });
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          "cannot listen on %s port %d: %s (expected: a free port of this machine);"
                  .formatted(host, port, reason(e))
              + " choose another with --port or --host",
          e);
    }
  }

  private Supplier<HttpFront> http(
      PeerId id, SignalChannels signals, Gateway gateway, HttpCounters counters, Access access) {
    Router router = new Router(DaemonRoutes.of(id, signals, gateway, access));
    return () -> new HttpFront(router, HttpLimits.DEFAULT, counters, proxies.origins());
  }

  /** What the system says. Netty puts the name and the number of the failure before it. */
  static String reason(IOException e) {
    String text = String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    return text.substring(text.lastIndexOf(": ") + 1).strip();
  }

  /** The URL that others are told; for a listener on all addresses one that works from here. */
  private static String url(Peer peer, boolean secure) {
    String url = peer.url();
    InetSocketAddress address = Objects.requireNonNull(peer.address());
    return url != null ? url : (secure ? "wss" : "ws") + "://localhost:" + address.getPort();
  }

  /** As many as the machine may have cores. */
  static final class Threads extends WholeNumber {
    Threads() {
      super(1, MAX_THREADS);
    }
  }

  /** A port to listen on. */
  static final class PortConverter implements ITypeConverter<Integer> {
    private static final int MAX_PORT = 65_535;

    @Override
    public Integer convert(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port >= 0 && port <= MAX_PORT) {
          return port;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw new TypeConversionException("'" + text + "' (expected: a number from 0 to 65535)");
    }
  }
}
