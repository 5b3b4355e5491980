package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

/** What is remembered of relays, and which of them is dialed first. */
class KnownRelaysTest {
  private static final int MAX = 5;
  private static final Backoff BACKOFF = new Backoff(1_000, 8_000);

  private final Random random = new Random(9);
  private final KnownRelays known = new KnownRelays(MAX, BACKOFF, random);

  private KnownRelay met() {
    PeerId id = PeerId.random(random);
    String url = "ws://" + id + ".example";
    known.onMet(id, url);
    return new KnownRelay(id, url, 0);
  }

  private List<PeerId> due(int count, long nowNs) {
    return known.due(count, relay -> true, nowNs).stream().map(KnownRelay::id).toList();
  }

  private void fails(KnownRelay relay, long nowNs) {
    known.onFailed(relay.id(), relay.url(), nowNs);
  }

  @Test
  void theOneMetLastIsDialedFirstAndNoneTwiceAtOnce() {
    KnownRelay first = met();
    KnownRelay second = met();
    assertEquals(List.of(second.id()), due(1, 0));
    assertEquals(List.of(second.url()), known.dialing());
    assertEquals(List.of(first.id()), due(5, 0));
    assertEquals(List.of(), due(5, 0));
    known.onMet(second.id(), second.url());
    assertEquals(List.of(first.url()), known.dialing());
    assertEquals(List.of(second.id()), due(5, 0));
  }

  @Test
  void theUnwantedAreNotDialedAndNotRegardedAsDialed() {
    KnownRelay relay = met();
    assertEquals(List.of(), known.due(1, one -> false, 0));
    assertEquals(List.of(relay), known.due(1, one -> true, 0));
  }

  @Test
  void whoDoesNotAnswerWaitsLongerEachTimeAndComesAfterOthers() {
    KnownRelay other = met();
    KnownRelay silent = met();
    long nowNs = -5_000;
    for (int failures = 0; failures < 6; failures++) {
      assertEquals(
          List.of(silent.id()),
          known.due(1, one -> one.id().equals(silent.id()), nowNs).stream()
              .map(KnownRelay::id)
              .toList());
      fails(silent, nowNs);
      long nominalNs = BACKOFF.nominalNs(failures);
      assertEquals(
          List.of(), known.due(1, one -> one.id().equals(silent.id()), nowNs + nominalNs / 2 - 1));
      nowNs += nominalNs;
    }
    assertEquals(List.of(other.id(), silent.id()), due(5, nowNs));
  }

  @Test
  void aFailureAtAnotherUrlIsNotItsOwn() {
    KnownRelay relay = met();
    known.onFailed(relay.id(), "ws://elsewhere.example", 0);
    assertEquals(List.of(relay), known.all());
  }

  @Test
  void aLostRelayIsTriedAfterTheOthers() {
    KnownRelay lost = met();
    KnownRelay other = met();
    known.onLost(lost.id(), lost.url());
    assertEquals(List.of(other.id(), lost.id()), due(2, 0));
  }

  @Test
  void ofTooManyTheOneWithTheMostFailuresGoesAndThenTheOneMetLongestAgo() {
    List<KnownRelay> relays = new ArrayList<>();
    for (int i = 0; i < MAX; i++) {
      relays.add(met());
    }
    fails(relays.get(3), 0);
    relays.add(met());
    relays.remove(3);
    assertEquals(relays, known.all());
    relays.add(met());
    relays.remove(0);
    assertEquals(relays, known.all());
  }

  @Test
  void whatIsRecalledIsAsItWas() {
    KnownRelay first = met();
    met();
    fails(first, 0);
    KnownRelays restarted = new KnownRelays(MAX, BACKOFF, random);
    restarted.recall(known.all());
    assertEquals(known.all(), restarted.all());
    assertTrue(restarted.all().stream().anyMatch(relay -> relay.failures() == 1));
    assertFalse(restarted.due(2, relay -> relay.id().equals(first.id()), 0).isEmpty());
  }
}
