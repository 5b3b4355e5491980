package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;

class ForwardingTableTest {
  private static final PeerId TARGET = RouterScene.id(0b1000_0000);

  @Test
  void withoutLinksThereIsNoNearest() {
    assertNull(ForwardingTable.EMPTY.forOthers(MessageKind.USER).nearest(TARGET, List.of(), null));
    assertEquals(List.of(), ForwardingTable.EMPTY.nearestRelays(TARGET, 20));
    assertEquals(List.of(), ForwardingTable.EMPTY.nearestConnectableLeaves(TARGET, 20));
  }

  @Test
  void theOnlyLinkIsTheNearest() {
    Link only = TestLink.leaf(RouterScene.id(1));

    assertSame(
        only,
        new ForwardingTable(List.of(only))
            .forOthers(MessageKind.USER)
            .nearest(TARGET, List.of(), null));
  }

  @Test
  void theOnlyLinkIsNotTakenIfItIsExcepted() {
    Link only = TestLink.leaf(RouterScene.id(1));

    assertNull(
        new ForwardingTable(List.of(only))
            .forOthers(MessageKind.USER)
            .nearest(TARGET, List.of(), only));
  }

  @Test
  void theOnlyLinkIsNotTakenIfItIsOnThePath() {
    Link only = TestLink.leaf(RouterScene.id(1));

    assertNull(
        new ForwardingTable(List.of(only))
            .forOthers(MessageKind.USER)
            .nearest(TARGET, List.of(only.peer()), null));
  }

  @Test
  void ofTwoRelaysTheNearerIsTaken() {
    Link near = TestLink.relay(RouterScene.id(0b1000_0001));
    Link far = TestLink.relay(RouterScene.id(1));

    assertSame(
        near,
        new ForwardingTable(List.of(far, near))
            .forOthers(MessageKind.USER)
            .nearest(TARGET, List.of(), null));
  }

  @Test
  void aRelayIsTakenBeforeANearerLeaf() {
    Link relay = TestLink.relay(RouterScene.id(1));
    Link leaf = TestLink.leaf(TARGET);

    assertSame(
        relay,
        new ForwardingTable(List.of(leaf, relay))
            .forOthers(MessageKind.USER)
            .nearest(TARGET, List.of(), null));
  }

  @Test
  void aLeafIsTakenWhereNoRelayFits() {
    Link relay = TestLink.relay(RouterScene.id(1));
    Link leaf = TestLink.leaf(RouterScene.id(2));
    ForwardingTable table = new ForwardingTable(List.of(leaf, relay));

    assertSame(
        leaf, table.forOthers(MessageKind.USER).nearest(TARGET, List.of(relay.peer()), null));
    assertSame(leaf, table.forOthers(MessageKind.USER).nearest(TARGET, List.of(), relay));
  }

  @Test
  void whatALinkLearnsLaterDoesNotChangeASnapshot() {
    Link leaf = TestLink.leaf(RouterScene.id(1));
    ForwardingTable table = new ForwardingTable(List.of(leaf));
    leaf.sawRelaying();

    assertEquals(List.of(), table.nearestRelays(TARGET, 20));
    assertEquals(List.of(leaf), table.nearestConnectableLeaves(TARGET, 20));
  }

  @Test
  void relaysAreNotAmongTheLeaves() {
    Link relay = TestLink.relay(RouterScene.id(1));

    assertEquals(
        List.of(), new ForwardingTable(List.of(relay)).nearestConnectableLeaves(TARGET, 20));
  }

  @Test
  void leavesThatCannotBeReachedAreLeftOutOfThoseToRecommendButNotOfTheWays() {
    Link leaf = TestLink.leaf(RouterScene.id(1));
    leaf.sawOwn(new Message.HandshakeAnswer(null, false));
    ForwardingTable table = new ForwardingTable(List.of(leaf));

    assertEquals(List.of(), table.nearestConnectableLeaves(TARGET, 20));
    assertSame(leaf, table.forOthers(MessageKind.USER).nearest(TARGET, List.of(), null));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10, 300})
  void theNearestIsWhatSortingAllLinksGives(int count) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Link> links = draw(random, count);
      PeerId target = random.nextBoolean() || links.isEmpty() ? id(random) : any(random, links);
      List<PeerId> path = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0 && !links.isEmpty(); i--) {
        path.add(any(random, links));
      }
      Link except = links.isEmpty() ? null : links.get(random.nextInt(links.size()));
      ForwardingTable table = new ForwardingTable(links);

      Optional<Link> expected =
          Stream.concat(
                  byDistance(links, target).filter(Link::relays),
                  byDistance(links, target).filter(link -> !link.relays()))
              .filter(link -> link != except && !path.contains(link.peer()))
              .findFirst();
      assertEquals(
          expected,
          Optional.ofNullable(table.forOthers(MessageKind.USER).nearest(target, path, except)),
          "seed " + seed);
      assertEquals(
          byDistance(links, target).filter(Link::relays).limit(7).toList(),
          table.nearestRelays(target, 7),
          "seed " + seed);
    }
  }

  private static Stream<Link> byDistance(List<Link> links, PeerId target) {
    return links.stream().sorted(Comparator.comparing(Link::peer, target::compareDistance));
  }

  private static List<Link> draw(Random random, int count) {
    List<Link> links = new ArrayList<>();
    while (links.size() < count) {
      PeerId peer = id(random);
      if (links.stream().noneMatch(link -> link.peer().equals(peer))) {
        links.add(random.nextInt(4) == 0 ? TestLink.relay(peer) : TestLink.leaf(peer));
      }
    }
    return links;
  }

  /** An id of which whole bytes are often those of another, as ids made on purpose may be. */
  private static PeerId id(Random random) {
    return new PeerId(random.nextInt(3), random.nextInt(3), random.nextInt());
  }

  private static PeerId any(Random random, List<Link> links) {
    return links.get(random.nextInt(links.size())).peer();
  }
}
