package org.peerrelay.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.overlay.TableConfig;
import org.peerrelay.relay.Link;

/** Relays that all know one of them at first: they come to know a nearer one to every other. */
class RelayTableNetworkTest {
  private static final TableConfig CONFIG = TableConfig.DEFAULT;
  private static final int RELAYS = 100;
  private static final int MAX_HOPS = 5;

  private static String url(int number) {
    return "ws://relay" + number + ".example";
  }

  private static List<VirtualHost> relays(VirtualNetwork network) {
    List<VirtualHost> relays = new ArrayList<>();
    for (int i = 0; i < RELAYS; i++) {
      String[] bootstraps = i == 0 ? new String[0] : new String[] {url(0)};
      relays.add(network.host(NodeConfig.RELAY, url(i), bootstraps));
    }
    return relays;
  }

  /** Follows the greedy way from each to each. */
  private static void assertGreedyRoutingArrives(List<VirtualHost> relays) {
    Map<PeerId, VirtualHost> byId = new HashMap<>();
    relays.forEach(relay -> byId.put(relay.id, relay));
    for (VirtualHost from : relays) {
      for (VirtualHost to : relays) {
        VirtualHost at = from;
        for (int hops = 0; at != to; hops++) {
          Link next = at.node().router().nearer(to.id, 0, false);
          assertTrue(
              next != null && hops < MAX_HOPS,
              () -> "stuck on the way from " + from.id + " to " + to.id);
          at = Objects.requireNonNull(byId.get(next.peer()));
        }
      }
    }
  }

  private static void assertEachIsLinkedWithTheNearest(List<VirtualHost> relays) {
    for (VirtualHost relay : relays) {
      relays.stream()
          .filter(other -> other != relay)
          .sorted((a, b) -> relay.id.compareDistance(a.id, b.id))
          .limit(CONFIG.nearLinks())
          .forEach(
              near -> {
                Link link = relay.node().router().link(near.id);
                assertTrue(link != null && link.inTable(), () -> relay.id + " without " + near.id);
              });
    }
  }

  private static void assertTableWithinBounds(VirtualHost relay) {
    Map<Integer, Integer> buckets = new HashMap<>();
    for (Link link : relay.node().router().links()) {
      if (link.inTable()) {
        buckets.merge(relay.id.commonPrefixBits(link.peer()), 1, Integer::sum);
      }
    }
    int most = CONFIG.maxBucketLinks() + CONFIG.nearLinks();
    buckets.forEach((bucket, links) -> assertTrue(links <= most, () -> buckets.toString()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 1)
  void relaysFromOneBootstrapReachEachOtherGreedily(long seed) {
    VirtualNetwork network = new VirtualNetwork(seed);
    List<VirtualHost> relays = relays(network);
    network.runFor(TimeUnit.SECONDS.toNanos(60));
    assertGreedyRoutingArrives(relays);
    assertEachIsLinkedWithTheNearest(relays);
    relays.forEach(RelayTableNetworkTest::assertTableWithinBounds);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 4)
  void halfOfThemDieInSilenceAndTheOthersCloseTheGaps(long seed) {
    VirtualNetwork network = new VirtualNetwork(seed);
    List<VirtualHost> relays = relays(network);
    network.runFor(TimeUnit.SECONDS.toNanos(60));
    // The bootstrap too.
    relays.subList(0, RELAYS / 2).forEach(VirtualHost::crash);
    List<VirtualHost> living = relays.subList(RELAYS / 2, RELAYS);
    network.runFor(CONFIG.deadAfterNs() + TimeUnit.SECONDS.toNanos(20));
    assertGreedyRoutingArrives(living);
    network.runFor(TimeUnit.SECONDS.toNanos(60));
    assertEachIsLinkedWithTheNearest(living);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 6)
  void aRelayThatCannotBeDialedWhereItSaysIsNoWayToOthers(long seed) {
    VirtualNetwork network = new VirtualNetwork(seed);
    List<VirtualHost> relays = relays(network);
    VirtualHost liar = network.host(NodeConfig.RELAY, "ws://nowhere.example", url(0));
    network.unlisten("ws://nowhere.example");
    network.runFor(TimeUnit.SECONDS.toNanos(60));
    for (VirtualHost relay : relays) {
      Link link = relay.node().router().link(liar.id);
      assertTrue(link == null || !link.inTable());
    }
    assertGreedyRoutingArrives(relays);
    assertEquals(List.of(), relays.stream().filter(relay -> names(relay, liar.id)).toList());
  }

  private static boolean names(VirtualHost relay, PeerId peer) {
    return relay.node().router().nearestInside(peer, 1).stream()
        .anyMatch(link -> link.peer().equals(peer));
  }
}
