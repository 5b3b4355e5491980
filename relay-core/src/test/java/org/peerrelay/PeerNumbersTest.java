package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class PeerNumbersTest {
  private final Random random = new Random(3);
  private final PeerId alice = PeerId.random(random);
  private final PeerId bob = PeerId.random(random);
  private final PeerNumbers numbers = new PeerNumbers(3);

  @Test
  void theyAreGivenInTheOrderOfComing() {
    assertEquals(1, numbers.join(alice));
    assertEquals(2, numbers.join(bob));
    assertEquals(1, numbers.join(alice));
    assertEquals(Map.of(1, alice, 2, bob), numbers.present());
    assertEquals(List.of(1, 2), new ArrayList<>(numbers.present().keySet()));
  }

  @Test
  void nobodyHasOthers() {
    numbers.join(alice);
    assertEquals(0, numbers.numberOf(bob));
    assertNull(numbers.idOf(0));
    assertNull(numbers.idOf(2));
    assertNull(numbers.presentAt(2));
  }

  @Test
  void whoComesBackHasTheSame() {
    numbers.join(alice);
    assertEquals(1, numbers.leave(alice));
    numbers.join(bob);
    assertEquals(Map.of(2, bob), numbers.present());
    assertNull(numbers.presentAt(1));
    assertEquals(alice, numbers.idOf(1));
    assertEquals(1, numbers.numberOf(alice));
    assertEquals(1, numbers.join(alice));
    assertEquals(alice, numbers.presentAt(1));
  }

  @Test
  void ofTooManyTheOneIsForgottenThatHasLeftLongestAgo() {
    numbers.join(alice);
    numbers.join(bob);
    numbers.leave(bob);
    numbers.leave(alice);
    numbers.join(PeerId.random(random));
    assertEquals(4, numbers.join(PeerId.random(random)));
    assertEquals(0, numbers.numberOf(bob));
    assertNull(numbers.idOf(2));
    assertEquals(1, numbers.join(alice));
    assertEquals(5, numbers.join(bob));
  }

  @Test
  void atTheEndNobodyIsThere() {
    numbers.join(alice);
    Map<Integer, PeerId> before = numbers.present();
    numbers.leaveAll();
    assertEquals(Map.of(), numbers.present());
    assertEquals(Map.of(1, alice), before);
    assertEquals(1, numbers.join(alice));
  }
}
