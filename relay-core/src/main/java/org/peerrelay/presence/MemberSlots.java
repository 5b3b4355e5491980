package org.peerrelay.presence;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.KeyedHash;
import org.peerrelay.id.PeerId;

/**
 * A small number for each member, by which arrays are indexed; the number of one that has gone is
 * given to another. Members are chained by the last byte of their ids, so that those of one part
 * can be compared without looking at all. The index has open addressing, and a hash with a secret
 * key, so that nobody can choose ids that collide. For one thread; 18 bytes a member.
 */
final class MemberSlots {
  static final int NONE = -1;

  private static final KeyedHash HASH = KeyedHash.secret();
  private static final int MIN_SLOTS = 12;

  private @Nullable PeerId[] ids = new @Nullable PeerId[MIN_SLOTS];

  /** The next one of the same part, or the next free one. */
  private int[] next = new int[MIN_SLOTS];

  private final int[] heads = new int[RecordStore.PARTS];

  /**
   * By hash, the slot and 1 in the bits that a place's number takes, and the others of the hash in
   * the others. 0 where there is none.
   */
  private int[] index = new int[2 * Integer.highestOneBit(MIN_SLOTS)];

  private int free = NONE;
  private int end;
  private int size;

  MemberSlots() {
    Arrays.fill(heads, NONE);
  }

  int size() {
    return size;
  }

  /** All slots are below this. */
  int end() {
    return end;
  }

  /** For so many slots there is room; grows by {@link #add} alone. */
  int capacity() {
    return ids.length;
  }

  /** Whose slot it is; null if nobody's. */
  @Nullable PeerId at(int slot) {
    return ids[slot];
  }

  /** The slot of {@code peer}, or {@link #NONE}. */
  int slot(PeerId peer) {
    int place = place(peer);
    return index[place] == 0 ? NONE : slotAt(place);
  }

  /** The first slot of a part, or {@link #NONE}. */
  int first(int part) {
    return heads[part];
  }

  /** The next slot of the same part, or {@link #NONE}. */
  int next(int slot) {
    return next[slot];
  }

  static int part(PeerId peer) {
    return peer.low() & RecordStore.PARTS - 1;
  }

  /** Gives {@code peer}, which must have none, a slot. */
  int add(PeerId peer) {
    if (free == NONE && end == ids.length) {
      grow();
    }
    int slot = free;
    if (slot == NONE) {
      slot = end++;
    } else {
      free = next[slot];
    }
    ids[slot] = peer;
    int part = part(peer);
    next[slot] = heads[part];
    heads[part] = slot;
    enter(peer, slot);
    size++;
    return slot;
  }

  /** Takes the slot from {@code peer}, which must have one. */
  void remove(PeerId peer) {
    int place = place(peer);
    int slot = slotAt(place);
    leave(place);
    int part = part(peer);
    if (heads[part] == slot) {
      heads[part] = next[slot];
    } else {
      int before = heads[part];
      while (next[before] != slot) {
        before = next[before];
      }
      next[before] = next[slot];
    }
    ids[slot] = null;
    next[slot] = free;
    free = slot;
    size--;
  }

  private void grow() {
    int length = ids.length + ids.length / 2;
    ids = Arrays.copyOf(ids, length);
    next = Arrays.copyOf(next, length);
    // At least a quarter of the places is empty.
    int places = 2 * Integer.highestOneBit(length * 4 / 3);
    if (places > index.length) {
      index = new int[places];
      for (int slot = 0; slot < end; slot++) {
        PeerId peer = ids[slot];
        if (peer != null) {
          enter(peer, slot);
        }
      }
    }
  }

  private void enter(PeerId peer, int slot) {
    int hash = hash(peer);
    int mask = index.length - 1;
    int place = hash & mask;
    while (index[place] != 0) {
      place = place + 1 & mask;
    }
    index[place] = (hash & ~mask) | (slot + 1);
  }

  /** Empties a place, and moves up those behind it that a search would no longer find. */
  private void leave(int place) {
    int mask = index.length - 1;
    int gap = place;
    for (int at = gap + 1 & mask; index[at] != 0; at = at + 1 & mask) {
      PeerId peer = ids[slotAt(at)];
      int home = peer == null ? at : hash(peer) & mask;
      if ((at - home & mask) >= (at - gap & mask)) {
        index[gap] = index[at];
        gap = at;
      }
    }
    index[gap] = 0;
  }

  /** Where {@code peer} is in the index, or the empty place at which a search for it ends. */
  private int place(PeerId peer) {
    int hash = hash(peer);
    int mask = index.length - 1;
    int place = hash & mask;
    while (index[place] != 0) {
      if (((index[place] ^ hash) & ~mask) == 0 && peer.equals(ids[slotAt(place)])) {
        return place;
      }
      place = place + 1 & mask;
    }
    return place;
  }

  private int slotAt(int place) {
    return (index[place] & index.length - 1) - 1;
  }

  private static int hash(PeerId peer) {
    return (int) HASH.hash(peer, 0);
  }
}
