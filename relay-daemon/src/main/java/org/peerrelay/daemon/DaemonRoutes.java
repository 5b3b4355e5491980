package org.peerrelay.daemon;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.peerrelay.daemon.channels.ChannelLimits;
import org.peerrelay.daemon.channels.SignalChannels;
import org.peerrelay.daemon.gateway.Gateway;
import org.peerrelay.daemon.http.HttpCounters;
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
   * @param counters counts what they refuse
   */
  static List<Route> of(PeerId id, ChannelLimits limits, Gateway gateway, HttpCounters counters) {
    List<Route> routes = new ArrayList<>();
    routes.add(new Home(id, Version.ofProgram()).route());
    routes.addAll(new SignalChannels(CHANNELS, limits, new SecureRandom(), counters).routes());
    routes.addAll(gateway.routes());
    return List.copyOf(routes);
  }
}
