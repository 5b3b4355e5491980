package org.peerrelay.daemon.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. Slashes may be repeated, and may stand at the end: clients join
 * base addresses and names in their own ways. Immutable.
 */
public final class Router {
  /** What is to be done with a request: serve a route, or answer OPTIONS without one. */
  record Choice(@Nullable Route route, Map<String, String> variables, @Nullable Answer answer) {}

  /** For scripts of other sites. No route knows cookies, so all of them may come. */
  private static final String ALLOWED_HEADERS =
      "Accept, Authorization, Cache-Control, Content-Type, Last-Event-ID, X-Requested-With";

  private static final String PREFLIGHT_S = "86400";

  private final List<Route> routes;

  /** Of all routes there are; none matches what another does. */
  public Router(Collection<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** All routes. */
  public List<Route> routes() {
    return routes;
  }

  /** The parts of a path between its slashes. */
  static List<String> parts(String path) {
    return Arrays.stream(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
  }

  /**
   * Chooses; null if no route has this path.
   *
   * @param target the request's target: a path with or without a query, a URL, or {@code *}
   * @throws ProblemException if routes have this path, but for other methods
   */
  @Nullable Choice choose(HttpMethod method, String target) throws ProblemException {
    if (target.equals("*") && method.equals(HttpMethod.OPTIONS)) {
      return new Choice(null, Map.of(), options(routes));
    }
    List<String> path = parts(path(target));
    List<Route> here = new ArrayList<>();
    for (Route route : routes) {
      Map<String, String> variables = route.match(path);
      if (variables != null) {
        if (route.takes(method)) {
          return new Choice(route, variables, null);
        }
        here.add(route);
      }
    }
    if (here.isEmpty()) {
      return null;
    }
    if (method.equals(HttpMethod.OPTIONS)) {
      return new Choice(null, Map.of(), options(here));
    }
    throw notAllowed(here);
  }

  /** The path of a request's target, without its query, which may hold secrets. */
  static String path(String target) {
    String path = target;
    if (!target.startsWith("/")) {
      int authority = target.indexOf("://");
      int slash = authority < 0 ? -1 : target.indexOf('/', authority + 3);
      path = slash < 0 ? "/" : target.substring(slash);
    }
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static Answer options(List<Route> routes) {
    String methods = methods(routes);
    return Answer.empty(
        204,
        Map.of(
            "Allow",
            methods,
            "Access-Control-Allow-Methods",
            methods,
            "Access-Control-Allow-Headers",
            ALLOWED_HEADERS,
            "Access-Control-Max-Age",
            PREFLIGHT_S));
  }

  private static ProblemException notAllowed(List<Route> routes) {
    String methods = methods(routes);
    Problem problem =
        new Problem(
            405, "method-not-allowed", "method: not for this path (expected: " + methods + ")");
    return new ProblemException(problem, Map.of("Allow", methods));
  }

  private static String methods(List<Route> routes) {
    TreeSet<String> methods = new TreeSet<>();
    methods.add(HttpMethod.OPTIONS.name());
    for (Route route : routes) {
      methods.add(route.method().name());
      if (route.method().equals(HttpMethod.GET)) {
        methods.add(HttpMethod.HEAD.name());
      }
    }
    return String.join(", ", methods);
  }
}
