package org.peerrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class KBucketTest {
  private final Random random = new Random(20);
  private final Contact first = TestIds.contact(PeerId.random(random), 1);
  private final Contact second = TestIds.contact(PeerId.random(random), 2);
  private final Contact third = TestIds.contact(PeerId.random(random), 3);
  private final Contact newcomer = TestIds.contact(PeerId.random(random), 4);
  private final KBucket bucket = new KBucket(3);

  @Test
  void newContactsAreAddedAtTheEnd() {
    assertEquals(new Insertion.Added(), bucket.offer(first));
    assertEquals(new Insertion.Added(), bucket.offer(second));

    assertEquals(List.of(first, second), bucket.contacts());
  }

  @Test
  void aKnownContactMovesToTheEndWithItsNewUrlAndTime() {
    fill();
    Contact moved = new Contact(first.id(), "ws://elsewhere.example/", 4);

    assertEquals(new Insertion.Refreshed(first), bucket.offer(moved));
    assertEquals(List.of(second, third, moved), bucket.contacts());
  }

  @Test
  void aFullBucketKeepsWhomItHasAndReportsTheOldestContact() {
    fill();

    assertEquals(new Insertion.Full(first), bucket.offer(newcomer));
    assertEquals(List.of(first, second, third), bucket.contacts());
  }

  @Test
  void whenTheOldestContactAnswersTheNextOldestIsReported() {
    fill();
    Contact alive = TestIds.contact(first.id(), 5);
    bucket.offer(alive);

    assertEquals(new Insertion.Full(second), bucket.offer(newcomer));
    assertEquals(List.of(second, third, alive), bucket.contacts());
  }

  @Test
  void whenTheOldestContactIsRemovedTheNewcomerHasRoom() {
    fill();

    assertTrue(bucket.remove(first.id()));
    assertEquals(new Insertion.Added(), bucket.offer(newcomer));
    assertEquals(List.of(second, third, newcomer), bucket.contacts());
  }

  @Test
  void aStrangerCannotBeRemovedOrFound() {
    fill();

    assertFalse(bucket.remove(newcomer.id()));
    assertEquals(Optional.empty(), bucket.find(newcomer.id()));
    assertEquals(Optional.of(second), bucket.find(second.id()));
    assertEquals(List.of(first, second, third), bucket.contacts());
  }

  @Test
  void theViewCannotBeChanged() {
    fill();

    assertThrows(UnsupportedOperationException.class, () -> bucket.contacts().clear());
  }

  private void fill() {
    bucket.offer(first);
    bucket.offer(second);
    bucket.offer(third);
  }
}
