package org.peerrelay;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * The numbers of a swarm's members: 1, 2, 3 and so on in the order in which they have come. Who
 * leaves and comes back has the same number again, and nobody else gets it. Any thread reads; the
 * control loop writes.
 */
final class PeerNumbers {
  private final int maxNumbers;
  private final Map<PeerId, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Integer, PeerId> ids = new ConcurrentHashMap<>();
  private final Map<Integer, PeerId> present = new ConcurrentSkipListMap<>();

  /** In the order in which they have left; of the control loop alone. */
  private final Set<PeerId> departed = new LinkedHashSet<>();

  private int last;

  /**
   * No numbers.
   *
   * @param maxNumbers how many are remembered: beyond it the one is forgotten that has left longest
   *     ago
   */
  PeerNumbers(int maxNumbers) {
    this.maxNumbers = maxNumbers;
  }

  /** The peer is there; returns its number. */
  int join(PeerId peer) {
    departed.remove(peer);
    Integer known = numbers.get(peer);
    int number = known == null ? add(peer) : known;
    present.put(number, peer);
    return number;
  }

  private int add(PeerId peer) {
    if (numbers.size() >= maxNumbers && !departed.isEmpty()) {
      PeerId oldest = departed.iterator().next();
      departed.remove(oldest);
      ids.remove(numbers.remove(oldest));
    }
    int number = ++last;
    ids.put(number, peer);
    numbers.put(peer, number);
    return number;
  }

  /** The peer, which has a number, is not there any more; returns the number. */
  int leave(PeerId peer) {
    int number = numberOf(peer);
    present.remove(number);
    departed.add(peer);
    return number;
  }

  /** Nobody is there any more. */
  void leaveAll() {
    departed.addAll(present.values());
    present.clear();
  }

  /** Whose number it is, there or not; null if nobody's. */
  @Nullable PeerId idOf(int number) {
    return ids.get(number);
  }

  /** The peer of that number if it is there; else null. */
  @Nullable PeerId presentAt(int number) {
    return present.get(number);
  }

  /** The number of a peer, there or not; 0 if it has none. */
  int numberOf(PeerId peer) {
    return numbers.getOrDefault(peer, 0);
  }

  /** Who is there at this moment, in the order of the numbers. */
  Map<Integer, PeerId> present() {
    return Collections.unmodifiableMap(new TreeMap<>(present));
  }
}
