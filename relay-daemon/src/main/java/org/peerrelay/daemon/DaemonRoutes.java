package org.peerrelay.daemon;

import java.util.ArrayList;
import java.util.List;
import org.peerrelay.daemon.channels.SignalChannels;
import org.peerrelay.daemon.gateway.Gateway;
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
   */
  static List<Route> of(PeerId id, SignalChannels channels, Gateway gateway) {
    List<Route> routes = new ArrayList<>();
    routes.add(new Home(id, Version.ofProgram()).route());
    routes.addAll(channels.routes());
    routes.addAll(gateway.routes());
    return List.copyOf(routes);
  }
}
