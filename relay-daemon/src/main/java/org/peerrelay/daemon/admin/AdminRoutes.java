package org.peerrelay.daemon.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.daemon.http.Answer;
import org.peerrelay.daemon.http.Exchange;
import org.peerrelay.daemon.http.Problem;
import org.peerrelay.daemon.http.ProblemException;
import org.peerrelay.daemon.http.Request;
import org.peerrelay.daemon.http.Route;

/** What the admin listener serves. The listener's thread, but for {@link #attach}. */
final class AdminRoutes {
  private static final Map<String, String> NO_STORE = Map.of("Cache-Control", "no-store");

  private final Metrics metrics;
  private final HttpSide http;
  private final Health health;
  private final LoopLag lag;
  private final String version;
  private final boolean loopback;
  private volatile @Nullable Peer relay;

  /**
   * Routes that know no relay yet.
   *
   * @param loopback whether only this machine is to ask
   */
  AdminRoutes(
      Metrics metrics,
      HttpSide http,
      Health health,
      LoopLag lag,
      String version,
      boolean loopback) {
    this.metrics = metrics;
    this.http = http;
    this.health = health;
    this.lag = lag;
    this.version = version;
    this.loopback = loopback;
  }

  void attach(Peer attached) {
    relay = attached;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/metrics", this::metrics),
        Route.get("/health/live", (request, to) -> health(request, to, health.live())),
        Route.get("/health/ready", (request, to) -> health(request, to, health.ready())),
        Route.get("/status", (request, to) -> tell(request, to, this::status)),
        Route.get(
            "/links",
            (request, to) -> tell(request, to, peer -> LinkTree.links(peer.status().links()))),
        Route.get(
            "/closed",
            (request, to) -> tell(request, to, peer -> LinkTree.closed(peer.closedLinks()))));
  }

  private void metrics(Request request, Exchange exchange) throws ProblemException {
    checkHost(request);
    exchange.answer(Answer.text(Metrics.CONTENT_TYPE, metrics.text(relay)));
  }

  private void health(Request request, Exchange exchange, List<Health.Part> parts)
      throws ProblemException {
    checkHost(request);
    exchange.answer(json(Health.failing(parts).isEmpty() ? 200 : 503, Health.tree(parts)));
  }

  private Map<String, Object> status(Peer peer) {
    return StatusTree.of(peer, version, http, health, lag);
  }

  private void tell(Request request, Exchange exchange, Function<Peer, Object> tree)
      throws ProblemException {
    checkHost(request);
    Peer peer = relay;
    if (peer == null) {
      throw new ProblemException(
          new Problem(503, "starting", "relay: not there yet (expected: in a moment)"));
    }
    exchange.answer(json(200, tree.apply(peer)));
  }

  private static Answer json(int status, Object tree) {
    return new Answer(status, NO_STORE, "application/json", Json.write(tree));
  }

  /**
   * Where only this machine is to ask, it asks by an address: a name would be that of a site whose
   * scripts run in a browser here, and which has its name resolved to this machine.
   */
  private void checkHost(Request request) throws ProblemException {
    String host = request.headers().get(HttpHeaderNames.HOST, "").replaceFirst(":\\d*$", "");
    boolean named = !NetUtil.isValidIpV4Address(host) && !host.startsWith("[");
    if (loopback && named && !host.equalsIgnoreCase("localhost")) {
      throw new ProblemException(
          new Problem(403, "foreign-name", "Host: not this machine (expected: 127.0.0.1)"));
    }
  }
}
