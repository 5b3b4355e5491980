package org.peerrelay.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.peerrelay.id.PeerId;

/** Ids as a network has them, and as an attacker would make them. */
final class TestIds {
  private TestIds() {}

  /** Draws {@code count} ids, spread out or in clusters that share long prefixes, around any. */
  static SortedSet<PeerId> draw(Random random, int count) {
    List<PeerId> centres = new ArrayList<>();
    SortedSet<PeerId> ids = new TreeSet<>();
    boolean clustered = random.nextBoolean();
    while (ids.size() < count) {
      if (!clustered || centres.isEmpty() || random.nextInt(20) == 0) {
        centres.add(PeerId.random(random));
        ids.add(centres.get(centres.size() - 1));
      } else {
        ids.add(near(random, centres.get(random.nextInt(centres.size()))));
      }
    }
    return ids;
  }

  /** An id that shares a random number of leading bits with {@code id}: any from 0 to 160. */
  static PeerId near(Random random, PeerId id) {
    return sharing(random, id, random.nextInt(PeerId.BITS + 1));
  }

  /** An id that shares exactly {@code bits} leading bits with {@code id}, else random. */
  static PeerId sharing(Random random, PeerId id, int bits) {
    byte[] bytes = PeerId.random(random).toBytes();
    byte[] prefix = id.toBytes();
    for (int i = 0; i <= bits && i < PeerId.BITS; i++) {
      int mask = 0x80 >>> (i % 8);
      int bit = (i == bits ? ~prefix[i / 8] : prefix[i / 8]) & mask;
      bytes[i / 8] = (byte) ((bytes[i / 8] & ~mask) | bit);
    }
    return PeerId.ofBytes(bytes);
  }

  /** A target of some kind: one of the ids, one near to them, or any. */
  static PeerId target(Random random, List<PeerId> ids) {
    if (ids.isEmpty() || random.nextInt(3) == 0) {
      return PeerId.random(random);
    }
    PeerId id = ids.get(random.nextInt(ids.size()));
    return random.nextBoolean() ? id : near(random, id);
  }

  /** A contact with {@code id}. */
  static Contact contact(PeerId id, long lastSeenNs) {
    return new Contact(id, "ws://relay.example/" + id, lastSeenNs);
  }
}
