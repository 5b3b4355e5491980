package org.peerrelay.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.Payload;

/** Whole networks of nodes in virtual time: what must hold once they have been left in peace. */
class VirtualNetworkTest {
  private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

  private static String url(int number) {
    return "ws://relay" + number + ".example";
  }

  private static LongStream manySeeds() {
    return LongStream.range(0, 100);
  }

  /** Everybody writes to everybody, and each message comes once. */
  private static void assertAllReachAll(VirtualNetwork network, List<VirtualHost> hosts) {
    hosts.forEach(host -> host.messages.clear());
    for (VirtualHost from : hosts) {
      for (VirtualHost to : hosts) {
        if (from != to) {
          from.send(to.id, Payload.json('"' + from.id.hex() + '"'));
        }
      }
    }
    network.runFor(TimeUnit.SECONDS.toNanos(5));
    for (VirtualHost host : hosts) {
      assertEquals(hosts.size() - 1, host.messages.size(), () -> "messages at " + host.id);
      assertEquals(hosts.size() - 1, host.messages.stream().distinct().count());
    }
  }

  private static int linksLost(List<VirtualHost> hosts) {
    return hosts.stream().mapToInt(host -> host.peersLost).sum();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("manySeeds")
  void twoRelaysThatBootstrapToEachOtherSettleOnOneLink(long seed) {
    VirtualNetwork network = new VirtualNetwork(seed);
    List<VirtualHost> hosts =
        List.of(
            network.host(NodeConfig.RELAY, url(0), url(1)),
            network.host(NodeConfig.RELAY, url(1), url(0)));
    network.runFor(TimeUnit.SECONDS.toNanos(10));
    int lost = linksLost(hosts);
    network.runFor(2 * MINUTE_NS);
    assertEquals(lost, linksLost(hosts), "links lost after the first seconds");
    hosts.forEach(host -> assertEquals(1, host.node().router().links().size()));
    assertAllReachAll(network, hosts);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void relaysThatAllBootstrapToAllSettle(long seed) {
    VirtualNetwork network = new VirtualNetwork(seed);
    List<VirtualHost> hosts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      List<String> others = new ArrayList<>();
      for (int other = 0; other < 5; other++) {
        if (other != i) {
          others.add(url(other));
        }
      }
      hosts.add(network.host(NodeConfig.RELAY, url(i), others.toArray(new String[0])));
    }
    network.runFor(2 * MINUTE_NS);
    int lost = linksLost(hosts);
    network.runFor(10 * MINUTE_NS);
    assertEquals(lost, linksLost(hosts), "links lost after two minutes");
    assertAllReachAll(network, hosts);
  }

  private static List<VirtualHost> line(VirtualNetwork network, int relays, int leavesEach) {
    List<VirtualHost> hosts = new ArrayList<>();
    for (int i = 0; i < relays; i++) {
      String[] bootstraps = i == 0 ? new String[0] : new String[] {url(i - 1)};
      hosts.add(network.host(NodeConfig.RELAY, url(i), bootstraps));
      for (int leaf = 0; leaf < leavesEach; leaf++) {
        hosts.add(network.host(NodeConfig.LEAF, null, url(i)));
      }
    }
    return hosts;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void inALineOfRelaysEveryLeafReachesEveryOther(long seed) {
    VirtualNetwork network = new VirtualNetwork(seed);
    List<VirtualHost> hosts = line(network, 5, 3);
    network.runFor(MINUTE_NS);
    assertAllReachAll(network, hosts);
    network.runFor(60 * MINUTE_NS);
    assertAllReachAll(network, hosts);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aNetworkRecoversFromAnHourOfCrashes(long seed) {
    VirtualNetwork network = new VirtualNetwork(seed);
    List<VirtualHost> hosts = line(network, 4, 2);
    for (int i = 0; i < 60; i++) {
      network.runFor(network.random.nextLong(2 * MINUTE_NS));
      int which = network.random.nextInt(hosts.size());
      VirtualHost crashing = hosts.get(which);
      crashing.crash();
      network.runFor(network.random.nextLong(MINUTE_NS));
      int relay = which / 3;
      boolean isRelay = which % 3 == 0;
      @Nullable String own = isRelay ? url(relay) : null;
      String[] bootstraps = {isRelay ? url((relay + 3) % 4) : url(relay)};
      hosts.set(which, network.host(isRelay ? NodeConfig.RELAY : NodeConfig.LEAF, own, bootstraps));
    }
    network.runFor(3 * MINUTE_NS);
    int lost = linksLost(hosts);
    network.runFor(3 * MINUTE_NS);
    assertEquals(lost, linksLost(hosts), "links lost in peace");
    assertTrue(hosts.stream().allMatch(VirtualHost::running));
    assertAllReachAll(network, hosts);
  }
}
