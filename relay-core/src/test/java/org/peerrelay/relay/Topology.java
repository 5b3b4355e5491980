package org.peerrelay.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;

/** Routers and the links between them; carries datagrams about, in any order that may happen. */
final class Topology {
  /** What became of one datagram: how often each node handled it in each way. */
  record Journey(Map<PeerId, Integer> delivered, Map<PeerId, Integer> forwarded) {
    int deliveries(PeerId at) {
      return delivered.getOrDefault(at, 0);
    }
  }

  private record Arrival(PeerId at, Header header, Link ingress) {}

  private final Random random;
  private final Map<PeerId, Router> routers = new LinkedHashMap<>();
  private final Map<PeerId, Map<PeerId, Link>> links = new HashMap<>();
  private long nonce;

  Topology(Random random) {
    this.random = random;
  }

  PeerId addNode() {
    PeerId id = PeerId.random(random);
    routers.put(
        id, new Router(id, new RouterConfig(1_000, Long.MAX_VALUE, 100, 100, 3, true), random));
    links.put(id, new HashMap<>());
    return id;
  }

  List<PeerId> nodes() {
    return List.copyOf(routers.keySet());
  }

  /** Whether {@code node} has a link to {@code peer}. */
  boolean areLinked(PeerId node, PeerId peer) {
    return linksOf(node).containsKey(peer);
  }

  /** Links two nodes. The dialed one is a relay to the other, and the other way if it says so. */
  void link(PeerId dialer, PeerId dialed, boolean dialerRelays) {
    linksOf(dialer).put(dialed, TestLink.relay(dialed));
    linksOf(dialed).put(dialer, dialerRelays ? TestLink.relay(dialer) : TestLink.leaf(dialer));
  }

  /** Attaches all links. */
  void start() {
    routers.forEach(
        (id, router) -> {
          linksOf(id).values().forEach(router::attach);
          router.refresh();
        });
  }

  /** Sends a datagram and carries it and its copies until none is left. */
  Journey send(PeerId author, PeerId to) {
    Journey journey = new Journey(new HashMap<>(), new HashMap<>());
    List<Arrival> underWay = new ArrayList<>();
    Header header = new Header(to, author, nonce++, MessageKind.USER, List.of());
    handle(author, header, router(author).originate(header, 0), journey, underWay);
    while (!underWay.isEmpty()) {
      Arrival next = underWay.remove(random.nextInt(underWay.size()));
      Verdict verdict = router(next.at()).route(next.header(), null, next.ingress(), 0);
      handle(next.at(), next.header(), verdict, journey, underWay);
    }
    routers.values().forEach(Router::refresh);
    return journey;
  }

  private void handle(
      PeerId at, Header header, Verdict verdict, Journey journey, List<Arrival> underWay) {
    if (verdict instanceof Verdict.Deliver) {
      journey.delivered().merge(at, 1, Integer::sum);
    } else if (verdict instanceof Verdict.Forward forward) {
      journey.forwarded().merge(at, 1, Integer::sum);
      List<PeerId> path = new ArrayList<>(header.path());
      path.add(at);
      Header onward =
          new Header(header.to(), header.from(), header.nonce(), header.kind(), List.copyOf(path));
      underWay.add(arrival(at, forward.first(), onward));
      Link second = forward.second();
      if (second != null) {
        underWay.add(arrival(at, second, onward));
      }
    }
  }

  private Arrival arrival(PeerId from, Link over, Header header) {
    PeerId at = over.peer();
    return new Arrival(at, header, Objects.requireNonNull(linksOf(at).get(from)));
  }

  private Router router(PeerId id) {
    return Objects.requireNonNull(routers.get(id));
  }

  private Map<PeerId, Link> linksOf(PeerId id) {
    return Objects.requireNonNull(links.get(id));
  }
}
