package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Link;
import org.peerrelay.routing.AddressGroup;

/** Whoever has many ids in one network gets few places in a relay's table, whatever it does. */
class RelayTableGroupsTest {
  private static final TableConfig CONFIG = TableConfig.DEFAULT;
  private static final AddressGroup GROUP = new AddressGroup(0, 0x5db8d8);
  private static final AddressGroup OTHER = new AddressGroup(0, 0x5db8d9);

  private final OverlayBench bench = new OverlayBench(OverlayConfig.RELAY, 3);

  private PeerId inBucket(int bucket) {
    return bench.self.differingAt(bucket, bench.stranger());
  }

  /** A relay comes in from that network, and is met where it says that it is. */
  private TestLink comes(PeerId peer, @Nullable AddressGroup group) {
    String url = "ws://relay.example/" + peer;
    TestLink link = TestLink.inside(peer, null, url, group);
    link.heard(bench.nowNs);
    assertTrue(bench.up(link));
    bench.overlay.onVerified(url, peer, true, bench.nowNs);
    bench.router.refresh();
    return link;
  }

  private List<TestLink> come(int count, int bucket, @Nullable AddressGroup group) {
    List<TestLink> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      links.add(comes(inBucket(bucket), group));
    }
    return links;
  }

  private static long placed(List<TestLink> links) {
    return links.stream().filter(Link::inTable).count();
  }

  /** So many near ones that whoever differs in the first bit is not among them. */
  @BeforeEach
  void surround() {
    assertEquals(CONFIG.nearLinks(), placed(come(CONFIG.nearLinks(), 20, null)));
  }

  @Test
  void aNetworkHasTwoPlacesInABucketHoweverManyComeFromIt() {
    List<TestLink> links = come(50, 0, GROUP);
    assertEquals(CONFIG.maxPerGroup(), placed(links));
    assertEquals(CONFIG.maxPerGroup(), placed(come(50, 1, GROUP)), "another part of the ids");
    assertEquals(CONFIG.maxPerGroup(), placed(come(50, 0, OTHER)), "another network");
    for (TestLink link : links) {
      assertEquals(link, bench.router.link(link.peer()), "still reached itself");
    }
  }

  @Test
  void aNetworkHasTwoPlacesAmongTheNear() {
    List<TestLink> links = come(50, 25, GROUP);
    assertEquals(CONFIG.maxPerGroup(), placed(links));
    come(1, 26, null);
    assertEquals(0, placed(come(50, 26, GROUP)), "in another bucket, but near");
    assertEquals(CONFIG.maxPerGroup(), placed(come(2, 26, OTHER)));
  }

  @Test
  void theFirstOfABucketHasItsPlaceAndNoOtherOfItsNetworkFollows() {
    come(2, 25, GROUP);
    for (int bucket = 26; bucket < 40; bucket++) {
      assertEquals(1, placed(come(10, bucket, GROUP)), "bucket " + bucket);
    }
  }

  @Test
  void whoDiesLeavesItsPlaceToOneOfItsNetworkAndNoMore() {
    List<TestLink> links = come(20, 0, GROUP);
    for (int i = 0; i < 10; i++) {
      TestLink dead = links.stream().filter(Link::inTable).findFirst().orElseThrow();
      links.remove(dead);
      bench.down(dead);
      assertEquals(CONFIG.maxPerGroup(), placed(links));
    }
  }

  @Test
  void aFullNetworkTakesNobodyElsesPlace() {
    come(50, 0, GROUP);
    assertEquals(
        CONFIG.maxBucketLinks() - CONFIG.maxPerGroup(),
        placed(come(CONFIG.maxBucketLinks(), 0, null)));
  }

  @Test
  void othersAreToldOfOneOfANetworkAlone() {
    List<TestLink> links = come(50, 0, GROUP);
    TestLink asker = comes(inBucket(0), OTHER);
    assertTrue(asker.inTable());
    bench.effects.clear();
    bench.says(asker.peer(), new Message.FindPeers(links.get(0).peer()));
    Message answer = bench.effects.takeSends().get(0).message();
    List<PeerId> named = ((Message.FoundPeers) answer).ids();
    assertFalse(named.isEmpty());
    assertEquals(1, links.stream().map(Link::peer).filter(named::contains).count());
  }
}
