package org.peerrelay.daemon;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.peerrelay.access.Access;
import org.peerrelay.daemon.channels.SignalChannels;
import org.peerrelay.daemon.gateway.Gateway;
import org.peerrelay.daemon.http.AccessGuard;
import org.peerrelay.daemon.http.Route;
import org.peerrelay.id.PeerId;

/** All that {@code relay serve} serves over plain HTTP. */
final class DaemonRoutes {
  /** Where channels are. */
  static final String CHANNELS = "/channels";

  private DaemonRoutes() {}

  /**
   * The routes of one relay.
   *
   * @param id the relay's id
   * @param gateway which is to be attached to the relay when that is there
   * @param access who may use all but the page at {@code /}
   */
  static List<Route> of(PeerId id, SignalChannels channels, Gateway gateway, Access access) {
    AccessGuard guard = new AccessGuard(access);
    List<Route> routes = new ArrayList<>();
    routes.add(new Home(id, Version.ofProgram()).route());
    Stream.of(channels.routes(), gateway.routes())
        .flatMap(List::stream)
        .map(route -> isEntrance(route) ? guard.entrance(route) : guard.inner(route))
        .forEach(routes::add);
    return List.copyOf(routes);
  }

  /** Whether it gives out the tokens of members and sessions, which all other routes want. */
  private static boolean isEntrance(Route route) {
    return route.template().equals(Gateway.SESSIONS)
        || (route.method().equals(HttpMethod.GET) && route.template().startsWith(CHANNELS));
  }
}
