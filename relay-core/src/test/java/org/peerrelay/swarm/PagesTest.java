package org.peerrelay.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Seal;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;

/** An answer names whom the asker does not know, and no id twice. */
class PagesTest {
  private static final PeerId HOME = PeerId.ofHex("ab".repeat(20));
  private final Random random = new Random(3);
  private final SwarmMembers members = new SwarmMembers();
  private final SortedSet<PeerId> ids = new TreeSet<>();

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      PeerId id = PeerId.random(random);
      ids.add(id);
      Seal seal = new Seal(new byte[32], new byte[64]);
      Membership said = new Membership(HOME, id, 1, 180, false, new Tag(1, 2), seal);
      members.apply(new SwarmRecord(said, HOME, 0, false), HOME, 0);
    }
  }

  private List<Message.SwarmNews> answer(SwarmDigest known, boolean claims) {
    return Pages.answer(new Message.SwarmSync(HOME, HOME, 4, known), members, claims, 0);
  }

  private static List<PeerId> ids(List<Message.SwarmNews> pages) {
    return pages.stream()
        .flatMap(page -> page.records().stream())
        .map(record -> record.membership().peer())
        .toList();
  }

  @Test
  void whoKnowsNobodyIsToldOfAllInPages() {
    add(1_500);
    List<Message.SwarmNews> pages = answer(new SwarmDigest(), true);
    assertEquals(List.copyOf(ids), ids(pages));
    assertTrue(pages.stream().allMatch(page -> page.records().size() <= 32));
  }

  @Test
  void theRangesOfPagesMeetAndDoNotOverlap() {
    add(1_500);
    PeerId next = Pages.ALL.first();
    List<PeerId> outside = new ArrayList<>();
    for (Message.SwarmNews page : answer(new SwarmDigest(), true)) {
      IdRange range = Objects.requireNonNull(page.complete());
      assertEquals(next, range.first());
      ids(List.of(page)).stream().filter(id -> !range.contains(id)).forEach(outside::add);
      PeerId last = range.last();
      int low = last.low() + 1;
      long middle = low == 0 ? last.middle() + 1 : last.middle();
      next = new PeerId(low == 0 && middle == 0 ? last.high() + 1 : last.high(), middle, low);
    }
    assertEquals(Pages.ALL.first(), next);
    assertEquals(List.of(), outside);
  }

  @Test
  void onlyBucketsThatDifferAreTold() {
    add(300);
    SwarmDigest known = members.digest().copy();
    PeerId missing = ids.first();
    known.remove(missing);
    List<PeerId> bucket =
        ids.stream()
            .filter(id -> SwarmDigest.bucketOf(id) == SwarmDigest.bucketOf(missing))
            .toList();
    assertEquals(bucket, ids(answer(known, true)));
  }

  @Test
  void whoKnowsAllIsToldSo() {
    add(50);
    List<Message.SwarmNews> pages = answer(members.digest().copy(), true);
    assertEquals(List.of(Pages.ALL), pages.stream().map(Message.SwarmNews::complete).toList());
    assertNull(answer(members.digest().copy(), false).get(0).complete());
  }

  @Test
  void whoDoesNotKnowAllClaimsNothing() {
    add(50);
    answer(new SwarmDigest(), false).forEach(page -> assertNull(page.complete()));
  }
}
