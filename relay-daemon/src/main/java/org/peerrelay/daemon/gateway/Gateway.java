package org.peerrelay.daemon.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.daemon.http.Answer;
import org.peerrelay.daemon.http.Exchange;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.ProblemException;
import org.peerrelay.daemon.http.Request;
import org.peerrelay.daemon.http.Route;
import org.peerrelay.daemon.http.Token;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.transport.ClientTls;
import org.peerrelay.transport.ServerTls;
import org.peerrelay.transport.WebSocketUrl;
import org.peerrelay.wire.legacy.LegacyLimits;

/**
 * Lets scripts that have only HTTP take part: each has a session, which is a peer in this process
 * with a link to the relay's own port. So for the relay, and for everybody else, it is a leaf like
 * any other.
 *
 * <p>Sessions are known by digests of their tokens; the tokens themselves are kept nowhere. Any
 * number of connections and threads.
 */
public final class Gateway implements AutoCloseable {
  /** Where sessions are made. */
  public static final String SESSIONS = "/sessions";

  private static final String OWN = SESSIONS + "/self";
  private static final String EVENT_STREAM = "text/event-stream";
  private static final String BEARER = "bearer ";
  private static final long SWEEP_S = 1;
  private static final long CLOSE_S = 5;

  private record Entry(Session session, String address) {}

  private final Supplier<GatewayLimits> limits;
  private final SecureRandom random;
  private final HttpCounters counters;
  private final LongSupplier clockNs;
  private final SessionQuota quota;
  private final Map<String, Entry> byTokenDigest = new ConcurrentHashMap<>();

  /** Ends what is idle, and waits for peers that close. */
  private final ScheduledExecutorService housekeeper =
      Executors.newSingleThreadScheduledExecutor(Gateway::thread);

  private volatile @Nullable Peer relay;
  private volatile boolean secure;
  private volatile ClientTls trust = ClientTls.ofJava();

  /**
   * A gateway to nowhere, until it is {@link #attach attached}.
   *
   * @param limits are asked for anew each time, so that they can be replaced; a session keeps those
   *     with which it was made
   * @param random draws tokens
   * @param counters counts what is refused, and who is cut off
   */
  public Gateway(Supplier<GatewayLimits> limits, SecureRandom random, HttpCounters counters) {
    this(limits, random, counters, System::nanoTime);
  }

  Gateway(
      Supplier<GatewayLimits> limits,
      SecureRandom random,
      HttpCounters counters,
      LongSupplier clockNs) {
    this.limits = limits;
    this.random = random;
    this.counters = counters;
    this.clockNs = clockNs;
    this.quota = new SessionQuota(limits);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "gateway");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * From now on there may be sessions, as leaves of {@code relay}, which listens.
   *
   * @param tls how it speaks TLS; null if it does not
   */
  public void attach(Peer relay, @Nullable ServerTls tls) {
    if (tls != null) {
      secure = true;
      // Its certificate is for names by which others know it.
      trust = ClientTls.only(tls);
    }
    this.relay = relay;
    housekeeper.scheduleAtFixedRate(this::sweep, SWEEP_S, SWEEP_S, TimeUnit.SECONDS);
  }

  /** The routes, for a router of several features. */
  public List<Route> routes() {
    int maxBytes = LegacyLimits.DEFAULT.maxPayloadBytes();
    return List.of(
        new Route(HttpMethod.POST, SESSIONS, 0, this::create),
        new Route(HttpMethod.DELETE, OWN, 0, this::delete),
        Route.get(OWN + "/messages", this::receive),
        new Route(HttpMethod.POST, "/peers/{id}/messages", maxBytes, this::send));
  }

  /** How many sessions there are. */
  public int size() {
    return byTokenDigest.size();
  }

  private void create(Request request, Exchange exchange) throws ProblemException {
    String url = url(relay());
    String address = request.client();
    GatewayLimits bounds = limits.get();
    synchronized (quota) {
      quota.take(address, clockNs.getAsLong());
    }
    Session session;
    try {
      session = new Session(url, trust, bounds, counters, clockNs);
    } catch (IOException e) {
      throw new IllegalStateException("only a listener fails to start", e);
    }
    String token = Token.draw(random);
    String digest = Token.digest(token);
    byTokenDigest.put(digest, new Entry(session, address));
    session
        .linked()
        .orTimeout(bounds.linkNs(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (relayId, failure) -> {
              if (failure == null) {
                exchange.answer(created(session.id(), token));
              } else {
                end(digest);
                exchange.refuse(GatewayRefusal.NO_LINK.exception());
              }
            });
  }

  private static Answer created(PeerId id, String token) {
    String json = "{\"id\":\"" + id.hex() + "\",\"token\":\"" + token + "\"}";
    return new Answer(
        201, Map.of("Cache-Control", "no-store"), "application/json", json.getBytes(US_ASCII));
  }

  private Peer relay() throws ProblemException {
    Peer attached = relay;
    if (attached == null) {
      throw GatewayRefusal.NO_LINK.exception();
    }
    return attached;
  }

  /** Where the relay listens, as seen from this process, for those who have been let in. */
  private String url(Peer relay) {
    InetSocketAddress bound = Objects.requireNonNull(relay.address());
    String url =
        WebSocketUrl.of(
            bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
                : bound,
            secure);
    return WebSocketUrl.withToken(url, relay.access().insideToken());
  }

  private void delete(Request request, Exchange exchange) throws ProblemException {
    String digest = digest(authorization(request));
    find(digest);
    end(digest);
    exchange.answer(Answer.empty(204));
  }

  private void receive(Request request, Exchange exchange) throws ProblemException {
    String token = authorization(request);
    // A browser's EventSource cannot name one in a header.
    Session session = find(digest(token == null ? request.query("access_token") : token));
    if (request.quality(EVENT_STREAM) <= 0) {
      throw GatewayRefusal.NOT_ACCEPTABLE.exception();
    }
    if (request.isHead()) {
      exchange.answer(
          Answer.empty(
              200,
              Map.of(
                  "Content-Type", EVENT_STREAM + "; charset=utf-8", "Cache-Control", "no-cache")));
    } else {
      session.read(exchange, lastId(request));
    }
  }

  /** The last event that the client has; 0 if it says none, or none that is a number. */
  private static long lastId(Request request) {
    try {
      return Long.parseLong(request.headers().get("Last-Event-ID", "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void send(Request request, Exchange exchange) throws ProblemException {
    Session session = find(digest(authorization(request)));
    if (!session.allowsMessage()) {
      throw GatewayRefusal.SESSION_RATE.exception();
    }
    PeerId to = PeerId.parse(request.variable("id")).orElse(null);
    if (to == null) {
      throw GatewayRefusal.NO_PEER.exception();
    }
    Payload payload =
        MessageBody.read(request.headers().get(HttpHeaderNames.CONTENT_TYPE), request.body());
    try {
      session
          .send(to, payload, relay())
          .thenAccept(
              loss ->
                  loss.ifPresentOrElse(
                      refusal -> exchange.refuse(refusal.exception()),
                      () -> exchange.answer(Answer.empty(202))));
    } catch (IllegalArgumentException noJson) {
      throw GatewayRefusal.UNREADABLE.exception();
    }
  }

  /** The token of the request's head; null if there is none. */
  private static @Nullable String authorization(Request request) {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  private static String digest(@Nullable String token) throws ProblemException {
    if (token == null) {
      throw GatewayRefusal.NO_TOKEN.exception();
    }
    return Token.digest(token);
  }

  private Session find(String digest) throws ProblemException {
    Entry entry = byTokenDigest.get(digest);
    if (entry == null) {
      throw GatewayRefusal.BAD_TOKEN.exception();
    }
    entry.session.touch();
    return entry.session;
  }

  /** Ends the sessions that are idle. */
  void sweep() {
    byTokenDigest.forEach(
        (digest, entry) -> {
          if (entry.session.isIdle()) {
            counters.countRefused("idle-session");
            end(digest);
          }
        });
  }

  private void end(String digest) {
    Entry entry = byTokenDigest.remove(digest);
    if (entry != null) {
      synchronized (quota) {
        quota.end(entry.address, clockNs.getAsLong());
      }
      entry.session.end();
      housekeeper.execute(entry.session::close);
    }
  }

  /** Ends all sessions, and waits for that, for some seconds at most. */
  @Override
  public void close() {
    relay = null;
    byTokenDigest.keySet().forEach(this::end);
    housekeeper.shutdown();
    try {
      housekeeper.awaitTermination(CLOSE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
