package org.peerrelay.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Page;
import org.peerrelay.presence.PresenceFrame.PeerVersions;

class RecordStoreTest {
  private static final PeerId A = TestSwarm.id(1);
  private final RecordStore store = new RecordStore(10_000);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anySequenceDoesWhatAMapDoes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<PeerId, LinksRecord> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      PeerId peer = TestSwarm.id(random.nextInt(600));
      if (random.nextInt(3) == 0) {
        assertEquals(expected.remove(peer) != null, store.remove(peer));
      } else {
        LinksRecord record = TestSignatures.links(peer, i + 1);
        assertEquals(expected.put(peer, record) != null, store.isMember(peer));
        if (!store.isMember(peer)) {
          store.add(peer);
        }
        store.put(record);
      }
      assertSame(expected.get(peer), store.links(peer));
      assertEquals(expected.size(), store.members());
    }
    expected.forEach((peer, record) -> assertSame(record, store.links(peer), "seed " + seed));
    List<PeerId> listed = new ArrayList<>();
    long sum = 0;
    for (int part = 0; part < RecordStore.PARTS; part++) {
      sum += store.sum(part);
      for (PeerVersions versions : store.versions(part)) {
        assertEquals(part, versions.peer().byteAt(PeerId.BYTES - 1) & 0xff);
        listed.add(versions.peer());
      }
    }
    assertEquals(expected.keySet(), new HashSet<>(listed));
    assertEquals(expected.size(), listed.size());
    assertEquals(store.summary(), sum);
    expected.keySet().forEach(store::remove);
    assertEquals(0, store.summary(), "nothing is left in the sums");
  }

  @Test
  void equalRecordsGiveEqualSumsInAnyOrder() {
    RecordStore other = new RecordStore(10);
    for (int i = 0; i < 5; i++) {
      store.add(TestSwarm.id(i));
      other.add(TestSwarm.id(4 - i));
    }
    for (int i = 0; i < 5; i++) {
      store.put(TestSignatures.links(TestSwarm.id(i), 3));
      other.put(TestSignatures.links(TestSwarm.id(4 - i), 3));
    }
    assertEquals(store.summary(), other.summary());
    other.put(TestSignatures.data(A, 1, new byte[1]));
    assertFalse(store.summary() == other.summary());
    store.put(TestSignatures.data(A, 1, new byte[1]));
    assertEquals(store.summary(), other.summary());
  }

  @Test
  void pagesHaveEverythingOnceAndNoPageIsTooLong() {
    List<SignedRecord> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      PeerId peer = TestSwarm.id(i);
      store.add(peer);
      expected.add(TestSignatures.links(peer, 1));
      expected.add(TestSignatures.data(peer, 1, new byte[300 * i]));
    }
    expected.forEach(store::put);
    List<SignedRecord> paged = new ArrayList<>();
    int cursor = 0;
    do {
      Page page = store.page(cursor);
      assertEquals(cursor, page.cursor());
      assertTrue(page.encodedBytes() <= PresenceFrame.PAGE_BYTES + DataRecord.MAX_BYTES);
      paged.addAll(page.records());
      cursor = page.next();
    } while (cursor != 0);
    assertEquals(expected, paged);
    assertEquals(0, store.page(1_000_000).next());
  }

  /** Forgotten data do not come again by themselves, and are not missed. */
  @Test
  void forgottenDataKeepTheirVersionUntilTheyAreRecalled() {
    store.add(A);
    DataRecord record = TestSignatures.data(A, 9, new byte[10]);
    store.put(record);
    assertFalse(store.summary() == 0);
    store.put(record.forgotten());
    assertEquals(0, store.summary());
    assertEquals(9, store.version(record.key()));
    assertEquals(List.of(), store.page(0).records());
    assertEquals(List.of(), store.versions(MemberSlots.part(A)));
    store.put(record.forgotten().recalled());
    assertEquals(8, store.version(record.key()));
    assertTrue(store.remove(A));
    assertNull(store.data(A));
    assertEquals(0, store.summary());
  }
}
