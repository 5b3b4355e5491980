package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/** The nodes that there are: lets them join and die. */
final class Nodes {
  private static final double NS = 1e9;
  private static final int PORT = 8_080;
  private static final int MAX_BOOTSTRAPS = 3;

  /** Leaves in one /24: homes of one provider. */
  private static final int PEERS_PER_NETWORK = 16;

  private final Network network;
  private final Scenario scenario;
  private final RandomGenerator random;
  private final Members relays = new Members();
  private final Members peers = new Members();
  private final Addresses relayAddresses;
  private final Addresses peerAddresses = new Addresses(2, PEERS_PER_NETWORK);
  private final Attackers attackers;

  /** Peers that are gone, and since when. */
  private final Map<PeerId, Long> goneNs = new HashMap<>();

  private int joined;
  private long deaths;

  Nodes(Network network, Scenario scenario, RandomGenerator random) {
    this.network = network;
    this.scenario = scenario;
    this.random = random;
    this.relayAddresses = new Addresses(0, scenario.population().relaysPerNetwork());
    this.attackers = new Attackers(scenario, random);
  }

  Members relays() {
    return relays;
  }

  /** Leaves and legacy peers. */
  Members peers() {
    return peers;
  }

  Attackers attackers() {
    return attackers;
  }

  long deaths() {
    return deaths;
  }

  /** Since when a peer is gone; null if it is not. */
  @Nullable Long goneNs(PeerId peer) {
    return goneNs.get(peer);
  }

  /** A relay joins. */
  Host joinRelay(boolean attacker, @Nullable String takenOverUrl) {
    Addresses.Address address =
        attacker ? attackers.address(relayAddresses) : relayAddresses.next();
    String url = takenOverUrl == null ? "ws://" + address.ip() + ":" + PORT : takenOverUrl;
    PeerId id = attacker ? attackers.id() : PeerId.random(random);
    Conduct conduct = attacker ? attackers.conduct(id) : null;
    int bootstraps = attacker ? attackers.bootstraps(MAX_BOOTSTRAPS) : MAX_BOOTSTRAPS;
    Newcomer newcomer = new Newcomer(NodeRole.RELAY, id, address, url, conduct);
    Host host = join(newcomer, scenario.schedule().relayTickS(), bootstraps);
    relays.add(host);
    return host;
  }

  /** A leaf or a legacy peer joins. */
  Host joinPeer(NodeRole role) {
    boolean victim = role == NodeRole.LEAF && attackers.awaitsVictim();
    PeerId id = victim ? attackers.victimJoins() : PeerId.random(random);
    Newcomer newcomer = new Newcomer(role, id, peerAddresses.next(), null, null);
    Host host = join(newcomer, scenario.schedule().leafTickS(), MAX_BOOTSTRAPS);
    if (victim) {
      attackers.victimIs(host);
    }
    peers.add(host);
    return host;
  }

  private Host join(Newcomer newcomer, double tickS, int maxBootstraps) {
    Host host = new Host(network, joined++, newcomer, (long) (tickS * NS));
    host.start(bootstraps(maxBootstraps));
    return host;
  }

  private Set<String> bootstraps(int most) {
    Set<String> urls = new LinkedHashSet<>();
    int wanted = relays.size() == 0 ? 0 : most > MAX_BOOTSTRAPS ? most : 1 + random.nextInt(most);
    for (int i = 0; i < wanted; i++) {
      String url = relays.any(random).url();
      if (url != null) {
        urls.add(url);
      }
    }
    return urls;
  }

  /** Whoever eclipses somebody dials the relays around him, besides those that he knows. */
  void surroundVictim() {
    Host victim = attackers.victim();
    if (victim == null) {
      return;
    }
    List<Host> all = new ArrayList<>();
    relays.forEach(all::add);
    List<String> urls =
        all.stream()
            .filter(relay -> !relay.isAttacker())
            .sorted((a, b) -> victim.id().compareDistance(a.id(), b.id()))
            .limit(Attackers.SURROUNDED)
            .map(relay -> Objects.requireNonNull(relay.url()))
            .toList();
    long nowNs = network.nowNs();
    all.stream()
        .filter(Host::isAttacker)
        .forEach(relay -> urls.forEach(url -> relay.node().bootstrap(url, nowNs)));
  }

  /** A node dies. */
  void die(Host host, boolean silently) {
    deaths++;
    if (host.role() == NodeRole.RELAY) {
      relays.remove(host);
    } else {
      peers.remove(host);
      if (scenario.schedule().runOn()) {
        goneNs.put(host.id(), network.nowNs());
      }
    }
    host.die(silently);
  }
}
