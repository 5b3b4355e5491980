package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.peerrelay.overlay.WhereaboutsBench.CONFIG;
import static org.peerrelay.overlay.WhereaboutsBench.SELF;
import static org.peerrelay.overlay.WhereaboutsBench.id;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;
import org.peerrelay.overlay.RecordingEffects.Send;

/** How pointers are published, passed on, and handed over. */
class WhereaboutsTest {
  private static final PeerId PEER = id(0x8000);

  private final WhereaboutsBench bench = new WhereaboutsBench(true);

  private static Send published(TestLink to, Pointer pointer, boolean copy) {
    return new Send(to.peer(), new Message.Publish(pointer, copy, 0));
  }

  @Test
  void aLegacyPeersPointerGoesToTheNearestRelay() {
    TestLink near = bench.inside(id(0x8001));
    bench.inside(id(0x8002));
    TestLink peer = bench.legacy(PEER);
    assertEquals(
        List.of(published(near, bench.unsigned(PEER, SELF), false)), bench.effects.takeSends());
    assertNull(bench.router.pointers().held(PEER, bench.nowNs), "held by the nearest");
    bench.unlink(peer);
    bench.effects.clear();
    bench.tickFor(2 * CONFIG.refreshNs());
    assertEquals(List.of(), bench.effects.takeSends(), "published after it had gone");
  }

  @Test
  void whereNobodyIsNearerItIsHeldAndCopied() {
    PeerId here = id(0x5e10);
    List<TestLink> links = new ArrayList<>();
    for (int i = 1; i <= WhereaboutsBench.COPIES + 2; i++) {
      links.add(bench.inside(id(0x8000 + i)));
    }
    bench.legacy(here);
    Pointer pointer = bench.unsigned(here, SELF);
    assertEquals(pointer, bench.router.pointers().held(here, bench.nowNs));
    List<Send> copies = bench.effects.takeSends();
    assertEquals(WhereaboutsBench.COPIES, copies.size());
    for (Send copy : copies) {
      assertEquals(new Message.Publish(pointer, true, 0), copy.message());
    }
    assertEquals(
        links.stream()
            .map(TestLink::peer)
            .sorted(here::compareDistance)
            .limit(WhereaboutsBench.COPIES)
            .toList(),
        copies.stream().map(Send::to).sorted(here::compareDistance).toList());
  }

  @Test
  void aProtocol2PeerPublishesItself() {
    TestLink near = bench.inside(id(0x8001));
    TestLink leaf = bench.leaf(PEER);
    assertEquals(List.of(), bench.effects.takeSends());
    Pointer pointer = WhereaboutsBench.signed(PEER, 5, SELF);
    bench.publishes(leaf, pointer, false);
    assertEquals(List.of(published(near, pointer, false)), bench.effects.takeSends());
  }

  @Test
  void whereAPeerHasBeenItsOtherRelaysAreRemembered() {
    bench.inside(id(0x8001));
    TestLink leaf = bench.leaf(PEER);
    bench.publishes(leaf, WhereaboutsBench.signed(PEER, 5, SELF, id(7)), false);
    assertNull(bench.relayOf(PEER), "it is here");
    bench.nowNs += TimeUnit.SECONDS.toNanos(100);
    bench.unlink(leaf);
    assertEquals(id(7), bench.relayOf(PEER));
    assertEquals(100, bench.router.pointers().ageS(PEER, bench.nowNs));
  }

  @Test
  void theOneRelayThatAPeerNamesBeforeItLeavesIsRemembered() {
    bench.inside(id(0x8001));
    TestLink leaf = bench.leaf(PEER);
    bench.publishes(leaf, WhereaboutsBench.signed(PEER, 5, SELF, id(7)), false);
    bench.publishes(leaf, WhereaboutsBench.signed(PEER, 6, id(7)), false);
    bench.unlink(leaf);
    assertEquals(id(7), bench.relayOf(PEER));
  }

  @Test
  void whereAPeerWasAtThisRelayAloneNothingIsRemembered() {
    bench.inside(id(0x8001));
    TestLink leaf = bench.leaf(PEER);
    bench.publishes(leaf, WhereaboutsBench.signed(PEER, 5, SELF), false);
    bench.unlink(leaf);
    assertEquals(0, bench.router.pointers().size());
  }

  @Test
  void aLeafPublishesNobodyElseAndNothingUnsigned() {
    bench.inside(id(0x8001));
    TestLink leaf = bench.leaf(PEER);
    bench.publishes(leaf, WhereaboutsBench.signed(id(0x9000), 5, SELF), false);
    bench.publishes(leaf, WhereaboutsBench.signed(id(0x9000), 5, SELF), true);
    bench.publishes(leaf, bench.unsigned(PEER, SELF), false);
    bench.publishes(leaf, bench.unsigned(id(0x5e10), SELF), true);
    assertEquals(List.of(), bench.effects.takeSends());
    assertEquals(0, bench.router.pointers().size());
  }

  @Test
  void aLegacyPeerPublishesNothing() {
    TestLink legacy = bench.legacy(PEER);
    bench.effects.clear();
    int held = bench.router.pointers().size();
    bench.publishes(legacy, WhereaboutsBench.signed(PEER, 5, id(9)), false);
    bench.publishes(legacy, WhereaboutsBench.signed(id(9), 5, id(9)), false);
    assertEquals(List.of(), bench.effects.takeSends());
    assertEquals(held, bench.router.pointers().size());
  }

  @Test
  void aRelayInsidePublishesForOthers() {
    TestLink near = bench.inside(id(0x8001));
    TestLink far = bench.inside(id(2));
    Pointer pointer = WhereaboutsBench.signed(PEER, 5, far.peer());
    bench.publishes(far, pointer, false);
    assertEquals(List.of(published(near, pointer, false)), bench.effects.takeSends());
    bench.publishes(far, pointer, true);
    assertEquals(List.of(), bench.effects.takeSends());
    assertEquals(pointer, bench.router.pointers().held(PEER, bench.nowNs));
  }

  @Test
  void aPointerThatIsHandedOverIsAsOldAsItIs() {
    TestLink far = bench.inside(id(2));
    Pointer pointer = WhereaboutsBench.signed(PEER, 5, far.peer());
    bench.publishes(far, pointer, true);
    bench.nowNs += 100_000_000_000L;
    bench.effects.clear();
    TestLink near = bench.inside(id(0x8001));
    bench.tick();
    Send first = bench.effects.takeSends().get(0);
    assertEquals(new Send(near.peer(), new Message.Publish(pointer, false, 100)), first);
  }

  @Test
  void whatComesOldIsKeptAndPassedOnAsOld() {
    TestLink far = bench.inside(id(2));
    TestLink near = bench.inside(id(0x8001));
    Pointer passed = WhereaboutsBench.signed(PEER, 5, far.peer());
    bench.publishes(far, passed, false, 0, 64);
    assertEquals(
        List.of(new Send(near.peer(), new Message.Publish(passed, false, 64))),
        bench.effects.takeSends());
    PeerId here = id(0x5e10);
    bench.publishes(far, WhereaboutsBench.signed(here, 5, far.peer()), true, 0, 64);
    assertEquals(64, bench.router.pointers().ageS(here, bench.nowNs));
  }

  @Test
  void whoPassesOnAnOlderPointerIsGivenTheLaterOne() {
    TestLink far = bench.inside(id(2));
    bench.inside(id(0x8001));
    Pointer later = WhereaboutsBench.signed(PEER, 6, id(3));
    bench.publishes(far, later, true);
    bench.nowNs += 64_000_000_000L;
    bench.effects.clear();
    bench.publishes(far, WhereaboutsBench.signed(PEER, 5, id(4)), false);
    assertEquals(
        List.of(new Send(far.peer(), new Message.Publish(later, true, 64))),
        bench.effects.takeSends());
    bench.publishes(far, WhereaboutsBench.signed(PEER, 5, id(4)), true);
    assertEquals(List.of(), bench.effects.takeSends(), "a copy is not answered");
  }

  @Test
  void whatIsHeldAlreadyIsNotCopiedAgain() {
    TestLink far = bench.inside(id(2));
    PeerId here = id(0x5e10);
    Pointer pointer = WhereaboutsBench.signed(here, 5, far.peer());
    bench.publishes(far, pointer, false);
    assertEquals(List.of(published(far, pointer, true)), bench.effects.takeSends());
    bench.publishes(far, pointer, false);
    assertEquals(List.of(), bench.effects.takeSends());
  }

  @Test
  void pointersOfAttachedPeersAreRefreshedAFewAtATime() {
    TestLink near = bench.inside(id(0x8000));
    List<PeerId> peers = new ArrayList<>();
    for (int i = 1; i <= 2 * CONFIG.perTick() + 1; i++) {
      peers.add(id(0x8000 + i));
      bench.legacy(id(0x8000 + i));
    }
    bench.effects.clear();
    bench.nowNs += CONFIG.refreshNs() - 1;
    bench.tick();
    assertEquals(List.of(), bench.effects.takeSends());
    bench.nowNs += 1;
    List<PeerId> published = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      bench.tick();
      List<Send> sends = bench.effects.takeSends();
      assertEquals(i < 2 ? CONFIG.perTick() : 1, sends.size());
      for (Send send : sends) {
        assertEquals(near.peer(), send.to());
        published.add(((Message.Publish) send.message()).pointer().peer());
      }
    }
    assertEquals(peers, published);
  }

  @Test
  void whoSignsRefreshesItself() {
    bench.inside(id(0x8001));
    TestLink leaf = bench.leaf(PEER);
    bench.publishes(leaf, WhereaboutsBench.signed(PEER, 5, SELF), false);
    bench.effects.clear();
    bench.tickFor(3 * CONFIG.refreshNs());
    assertEquals(List.of(), bench.effects.takeSends());
  }

  @Test
  void aLeafThatPublishesAgainKeepsNoOtherFromBeingRefreshed() {
    TestLink near = bench.inside(id(0x8000));
    TestLink leaf = bench.leaf(id(0x8001));
    bench.publishes(leaf, WhereaboutsBench.signed(leaf.peer(), 1, SELF), false);
    TestLink legacy = bench.legacy(id(0x8002));
    bench.nowNs += CONFIG.refreshNs() / 2;
    bench.publishes(leaf, WhereaboutsBench.signed(leaf.peer(), 2, SELF), false);
    bench.effects.clear();

    bench.nowNs += CONFIG.refreshNs() / 2;
    bench.tick();

    Pointer refreshed = bench.unsigned(legacy.peer(), SELF);
    assertEquals(List.of(published(near, refreshed, false)), bench.effects.takeSends());
  }

  @Test
  void aNewRelayGetsThePointersOfPeersItIsNearerTo() {
    TestLink leaf = bench.leaf(PEER);
    Pointer pointer = WhereaboutsBench.signed(PEER, 5, SELF);
    bench.publishes(leaf, pointer, false);
    TestLink farther = bench.inside(id(0x7000));
    bench.tick();
    assertEquals(List.of(), bench.effects.takeSends());
    TestLink nearer = bench.inside(id(0x8001));
    bench.tick();
    bench.tick();
    List<Send> sends = bench.effects.takeSends();
    assertEquals(published(nearer, pointer, false), sends.get(0));
    assertEquals(
        List.of(), sends.stream().filter(send -> send.to().equals(farther.peer())).toList());
  }

  @Test
  void handingOverTakesItsTimeAndEndsWhateverHappens() {
    for (int i = 1; i <= 100; i++) {
      bench.legacy(id(0x8000 + i));
    }
    bench.effects.clear();
    // A relay that comes and goes asks for no more than one that stays.
    for (int i = 0; i < 100; i++) {
      TestLink nearer = bench.inside(id(0x8000));
      bench.unlink(nearer);
    }
    assertEquals(List.of(), bench.effects.takeSends());
    bench.inside(id(0x8000));
    bench.tick();
    assertEquals(1, bench.effects.takeSends().size());
    bench.tickFor(TimeUnit.SECONDS.toNanos(30));
    assertEquals(99, bench.effects.takeSends().size());
  }

  @Test
  void aPeerBehindARelayOutsideIsPublishedAsAttachedHere() {
    TestLink near = bench.inside(id(0x8001));
    TestLink outside = bench.outside(id(0x9000));
    bench.effects.clear();
    bench.publishes(outside, WhereaboutsBench.signed(PEER, 5, outside.peer()), false);
    bench.tick();
    Pointer here = new Pointer(PEER, List.of(SELF), 0, CONFIG.lifetimeS(), null);
    assertEquals(List.of(published(near, here, false)), bench.effects.takeSends());
  }

  @Test
  void aRelayOutsideIsItselfPublishedAsAttachedHere() {
    TestLink near = bench.inside(id(0x8001));
    bench.outside(PEER);
    assertEquals(
        List.of(published(near, bench.unsigned(PEER, SELF), false)), bench.effects.takeSends());
  }

  @Test
  void aRelayOutsideTellsItsRelaysWhoIsBehindIt() {
    TestLink outside = bench.outside(id(2));
    TestLink leaf = bench.leaf(PEER);
    Pointer pointer = WhereaboutsBench.signed(PEER, 5, SELF);
    bench.publishes(leaf, pointer, false);
    assertEquals(List.of(published(outside, pointer, false)), bench.effects.takeSends());
    TestLink later = bench.outside(id(3));
    bench.tick();
    assertEquals(List.of(published(later, pointer, false)), bench.effects.takeSends());
  }

  @Test
  void aRelayOutsidePassesOnWhoIsBehindItsNeighbours() {
    TestLink up = bench.outside(id(2));
    TestLink down = bench.outside(id(3));
    Pointer pointer = WhereaboutsBench.signed(PEER, 5, down.peer());
    bench.publishes(down, pointer, false);
    bench.tick();
    assertEquals(List.of(published(up, pointer, false)), bench.effects.takeSends());
    bench.publishes(down, pointer, false);
    bench.publishes(up, pointer, false);
    bench.tick();
    assertEquals(List.of(), bench.effects.takeSends(), "what is no news");
    TestLink later = bench.outside(id(4));
    bench.tick();
    assertEquals(List.of(later.peer()), bench.effects.takeSends().stream().map(Send::to).toList());
  }

  @Test
  void aLeafTellsItsRelaysWhereItIs() {
    WhereaboutsBench leaf = new WhereaboutsBench(false);
    TestLink first = leaf.outside(id(2));
    assertEquals(List.of(), leaf.effects.takeSends(), "nothing has come back over it");
    leaf.echo(first);
    Pointer one = leaf.unsigned(SELF, first.peer());
    assertEquals(List.of(published(first, one, false)), leaf.effects.takeSends());
    TestLink second = leaf.outside(id(0x5e00));
    leaf.echo(first);
    assertEquals(List.of(), leaf.effects.takeSends());
    leaf.echo(second);
    Pointer both = leaf.unsigned(SELF, second.peer(), first.peer());
    assertEquals(
        List.of(published(second, both, false), published(first, both, false)),
        leaf.effects.takeSends());
    leaf.unlink(second);
    assertEquals(
        List.of(published(first, leaf.unsigned(SELF, first.peer()), false)),
        leaf.effects.takeSends());
    leaf.tickFor(CONFIG.refreshNs());
    leaf.effects.takeSends();
    leaf.unlink(first);
    leaf.tickFor(2 * CONFIG.refreshNs());
    assertEquals(List.of(), leaf.effects.takeSends());
  }

  @Test
  void aLeafThatLeavesARelayTellsAllWhoRemainsBeforeItGoes() {
    WhereaboutsBench leaf = new WhereaboutsBench(false);
    TestLink first = leaf.outside(id(2));
    TestLink second = leaf.outside(id(0x5e00));
    leaf.echo(first);
    leaf.echo(second);
    leaf.effects.clear();
    leaf.leaving.add(second);
    leaf.whereabouts.onLeaving(second, leaf.nowNs);
    Pointer one = leaf.unsigned(SELF, first.peer());
    List<Send> told = List.of(published(first, one, false), published(second, one, false));
    assertEquals(told, leaf.effects.takeSends());
    leaf.echo(second);
    assertEquals(List.of(), leaf.effects.takeSends(), "it is not named again");
    TestLink third = leaf.outside(id(0x100));
    leaf.echo(third);
    assertEquals(
        List.of(first.peer(), third.peer()),
        leaf.effects.takeSends().stream().map(Send::to).toList());
    leaf.unlink(second);
    assertEquals(List.of(), leaf.effects.takeSends(), "it has been told already");
  }

  @Test
  void aLeafThatLeavesItsOnlyRelayHasNothingToTell() {
    WhereaboutsBench leaf = new WhereaboutsBench(false);
    TestLink only = leaf.outside(id(2));
    leaf.echo(only);
    leaf.effects.clear();
    leaf.leaving.add(only);
    leaf.whereabouts.onLeaving(only, leaf.nowNs);
    leaf.unlink(only);
    leaf.tickFor(2 * CONFIG.refreshNs());
    assertEquals(List.of(), leaf.effects.takeSends());
  }

  @Test
  void aRelayThatSendsNothingBackIsNotNamedAndNotMissed() {
    WhereaboutsBench leaf = new WhereaboutsBench(false);
    TestLink silent = leaf.outside(id(0x5e1e));
    TestLink good = leaf.outside(id(2));
    leaf.echo(good);
    assertEquals(
        List.of(published(good, leaf.unsigned(SELF, good.peer()), false)),
        leaf.effects.takeSends());
    leaf.unlink(silent);
    assertEquals(List.of(), leaf.effects.takeSends());
  }

  @Test
  void aLeafThatHasJustComePublishesMoreOften() {
    WhereaboutsBench leaf = new WhereaboutsBench(false);
    leaf.echo(leaf.outside(id(2)));
    List<Long> agesS = new ArrayList<>();
    long sinceNs = leaf.nowNs;
    leaf.effects.takeSends();
    for (int s = 1; s <= 1_200; s++) {
      leaf.nowNs = sinceNs + TimeUnit.SECONDS.toNanos(s);
      leaf.tick();
      if (!leaf.effects.takeSends().isEmpty()) {
        agesS.add((long) s);
      }
    }
    assertEquals(List.of(75L, 150L, 300L, 600L, 900L, 1_200L), agesS);
  }

  @Test
  void aLeafNamesFourRelaysAtMostAndNoLegacyOnes() {
    WhereaboutsBench leaf = new WhereaboutsBench(false);
    leaf.legacyRelay(id(0x5e1e));
    assertEquals(List.of(), leaf.effects.takeSends());
    for (int i = 0; i < 6; i++) {
      leaf.echo(leaf.outside(id(0x100 + i)));
    }
    List<Send> sends = leaf.effects.takeSends();
    Message.Publish last = (Message.Publish) sends.get(sends.size() - 1).message();
    assertEquals(true, last.pointer().relays().size() <= Pointer.MAX_RELAYS);
    assertEquals(false, last.pointer().relays().contains(id(0x5e1e)));
  }
}
