package org.peerrelay.relay;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.KeyedHash;
import org.peerrelay.id.PeerId;

/**
 * What belongs to peers by their ids, each element having its peer's in it: a table with open
 * addressing that is looked through by the three primitives of an id, so that looking up allocates
 * nothing. The control loop alone writes; any thread reads, without locks.
 *
 * <p>An element keeps its slot for as long as it is in the table, so a reader always finds it. A
 * removed one leaves a mark over which searches go on; when marks and elements take half of the
 * slots, the elements move to a new table. The hash has a secret key, so that nobody can choose ids
 * that collide.
 */
abstract class IdTable<E> {
  private static final int MIN_SLOTS = 16;
  private static final Object REMOVED = new Object();

  /** Shared by all that are empty: never written to, since it has no room. */
  private static final Slots NO_ROOM = new Slots(1);

  /**
   * Elements, and beside each a byte of its hash: so elements of others are hardly ever looked at,
   * which are all over the memory.
   */
  private static final class Slots {
    final AtomicReferenceArray<@Nullable Object> elements;
    final byte[] tags;

    Slots(int length) {
      this.elements = new AtomicReferenceArray<>(length);
      this.tags = new byte[length];
    }

    int at(int hash) {
      return hash & tags.length - 1;
    }

    int after(int slot) {
      return slot + 1 & tags.length - 1;
    }
  }

  private final KeyedHash hash;
  private volatile Slots slots = NO_ROOM;
  private final AtomicInteger size = new AtomicInteger();

  /** Slots that are not empty; owned by the control loop. */
  private int used;

  /** An empty table. */
  IdTable(KeyedHash hash) {
    this.hash = hash;
  }

  /** Whose {@code element} is; always the same. */
  abstract PeerId idOf(E element);

  /** The element of {@code peer}; null if there is none. Any thread. */
  final @Nullable E get(PeerId peer) {
    return get(peer.high(), peer.middle(), peer.low());
  }

  /** The element of the peer whose id consists of these; null if there is none. Any thread. */
  final @Nullable E get(long high, long middle, int low) {
    Slots table = slots;
    int hashed = hash(high, middle, low);
    for (int slot = table.at(hashed); ; slot = table.after(slot)) {
      Object found = table.elements.get(slot);
      if (found == null) {
        return null;
      }
      if (table.tags[slot] == tag(hashed) && found != REMOVED) {
        E element = element(found);
        PeerId peer = idOf(element);
        if (peer.high() == high && peer.middle() == middle && peer.low() == low) {
          return element;
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private E element(Object found) {
    return (E) found;
  }

  final boolean containsKey(PeerId peer) {
    return get(peer) != null;
  }

  final int size() {
    return size.get();
  }

  final boolean isEmpty() {
    return size.get() == 0;
  }

  /** Puts {@code element} in, in the place of another one of the same peer. Control loop only. */
  final void put(E element) {
    int hashed = hash(idOf(element));
    int slot = slotOf(slots, element, hashed);
    boolean isNew = slots.elements.get(slot) == null;
    if (isNew && 2 * (used + 1) > slots.tags.length) {
      move();
      slot = slotOf(slots, element, hashed);
    }
    set(slots, slot, element, hashed);
    if (isNew) {
      used++;
      size.incrementAndGet();
    }
  }

  /** Takes {@code element} out, unless another has taken its place. Control loop only. */
  final void remove(E element) {
    int slot = slotOf(slots, element, hash(idOf(element)));
    if (slots.elements.get(slot) == element) {
      slots.elements.set(slot, REMOVED);
      size.decrementAndGet();
    }
  }

  /** The slot of the element of the same peer, or the empty one at which a search for it ends. */
  private int slotOf(Slots table, E element, int hashed) {
    PeerId peer = idOf(element);
    int slot = table.at(hashed);
    for (Object found = table.elements.get(slot); found != null; found = table.elements.get(slot)) {
      if (table.tags[slot] == tag(hashed)
          && found != REMOVED
          && idOf(element(found)).equals(peer)) {
        return slot;
      }
      slot = table.after(slot);
    }
    return slot;
  }

  /** Readers who see the element see its tag too; a slot never gets another one. */
  private static void set(Slots table, int slot, Object element, int hashed) {
    table.tags[slot] = tag(hashed);
    table.elements.set(slot, element);
  }

  private void move() {
    int length = MIN_SLOTS;
    while (length < 3 * (size.get() + 1)) {
      length *= 2;
    }
    Slots table = new Slots(length);
    for (E element : values()) {
      int hashed = hash(idOf(element));
      set(table, slotOf(table, element, hashed), element, hashed);
    }
    used = size.get();
    slots = table;
  }

  /** All elements, a live view. Any thread; what comes and goes meanwhile may be in it or not. */
  final Collection<E> values() {
    return new Values();
  }

  private int hash(PeerId peer) {
    return hash(peer.high(), peer.middle(), peer.low());
  }

  private int hash(long high, long middle, int low) {
    return (int) hash.hash(high, middle, low, 0);
  }

  /** Bits of the hash that do not choose the slot. */
  private static byte tag(int hashed) {
    return (byte) (hashed >>> 24);
  }

  private final class Values extends AbstractCollection<E> {
    @Override
    public int size() {
      return IdTable.this.size.get();
    }

    /** Of no certain size, since elements come and go meanwhile. */
    @Override
    public Spliterator<E> spliterator() {
      return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.NONNULL);
    }

    @Override
    public Iterator<E> iterator() {
      AtomicReferenceArray<@Nullable Object> table = slots.elements;
      return new Iterator<>() {
        private int slot = -1;
        private @Nullable E next = advance();

        private @Nullable E advance() {
          while (++slot < table.length()) {
            Object found = table.get(slot);
            if (found != null && found != REMOVED) {
              return element(found);
            }
          }
          return null;
        }

        @Override
        public boolean hasNext() {
          return next != null;
        }

        @Override
        public E next() {
          E element = next;
          if (element == null) {
            throw new NoSuchElementException();
          }
          next = advance();
          return element;
        }
      };
    }
  }
}
