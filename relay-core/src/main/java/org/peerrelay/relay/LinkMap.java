package org.peerrelay.relay;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * Links by the ids of their neighbours: a table with open addressing that is looked through by the
 * three primitives of an id, so that looking up allocates nothing. The control loop alone writes;
 * any thread reads, without locks.
 *
 * <p>A link keeps its slot for as long as it is in the table, so a reader always finds it. A
 * removed one leaves a mark over which searches go on; when marks and links take half of the slots,
 * the links move to a new table. The hash has a secret key, so that nobody can choose ids that
 * collide.
 */
final class LinkMap {
  private static final int MIN_SLOTS = 16;

  private static final Link REMOVED =
      new Link(new PeerId(0, 0, 0), null, LinkFormat.LEGACY) {
        @Override
        public long lastHeardNs() {
          throw new UnsupportedOperationException();
        }
      };

  private final KeyedHash hash;

  private volatile AtomicReferenceArray<@Nullable Link> slots =
      new AtomicReferenceArray<>(MIN_SLOTS);

  private final AtomicInteger size = new AtomicInteger();

  /** Slots that are not empty; owned by the control loop. */
  private int used;

  /** An empty map; {@code random} draws the key. */
  LinkMap(RandomGenerator random) {
    this.hash = new KeyedHash(random);
  }

  /** The link to {@code peer}; null if there is none. Any thread. */
  @Nullable Link get(PeerId peer) {
    return get(peer.high(), peer.middle(), peer.low());
  }

  /** The link to the peer whose id consists of these; null if there is none. Any thread. */
  @Nullable Link get(long high, long middle, int low) {
    AtomicReferenceArray<@Nullable Link> table = slots;
    int mask = table.length() - 1;
    for (int slot = slot(table, high, middle, low); ; slot = slot + 1 & mask) {
      Link link = table.get(slot);
      if (link == null || isTo(link, high, middle, low)) {
        return link;
      }
    }
  }

  private static boolean isTo(Link link, long high, long middle, int low) {
    PeerId peer = link.peer();
    return peer.high() == high && peer.middle() == middle && peer.low() == low && link != REMOVED;
  }

  boolean containsKey(PeerId peer) {
    return get(peer) != null;
  }

  int size() {
    return size.get();
  }

  boolean isEmpty() {
    return size.get() == 0;
  }

  /** Puts {@code link} in, in the place of another one to the same peer. Control loop only. */
  void put(Link link) {
    int slot = slotOf(slots, link.peer());
    Link before = slots.get(slot);
    if (before == null && 2 * (used + 1) > slots.length()) {
      move();
      slot = slotOf(slots, link.peer());
    }
    slots.set(slot, link);
    if (before == null) {
      used++;
      size.incrementAndGet();
    }
  }

  /** Takes {@code link} out, unless another has taken its place. Control loop only. */
  void remove(Link link) {
    int slot = slotOf(slots, link.peer());
    if (slots.get(slot) == link) {
      slots.set(slot, REMOVED);
      size.decrementAndGet();
    }
  }

  /** The slot in which {@code peer} stands, or the empty one at which a search for it ends. */
  private int slotOf(AtomicReferenceArray<@Nullable Link> table, PeerId peer) {
    int mask = table.length() - 1;
    int slot = slot(table, peer.high(), peer.middle(), peer.low());
    for (Link found = table.get(slot); found != null; found = table.get(slot)) {
      if (found != REMOVED && found.peer().equals(peer)) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void move() {
    int length = MIN_SLOTS;
    while (length < 4 * (size.get() + 1)) {
      length *= 2;
    }
    AtomicReferenceArray<@Nullable Link> table = new AtomicReferenceArray<>(length);
    for (Link link : values()) {
      table.set(slotOf(table, link.peer()), link);
    }
    used = size.get();
    slots = table;
  }

  /** All links, a live view. Any thread; those that come and go meanwhile may be in it or not. */
  Collection<Link> values() {
    return new Values();
  }

  private int slot(AtomicReferenceArray<@Nullable Link> table, long high, long middle, int low) {
    return (int) hash.hash(high, middle, low, 0) & table.length() - 1;
  }

  private final class Values extends AbstractCollection<Link> {
    @Override
    public int size() {
      return LinkMap.this.size.get();
    }

    /** Of no certain size, since links come and go meanwhile. */
    @Override
    public Spliterator<Link> spliterator() {
      return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.NONNULL);
    }

    @Override
    public Iterator<Link> iterator() {
      AtomicReferenceArray<@Nullable Link> table = slots;
      return new Iterator<>() {
        private int slot = -1;
        private @Nullable Link next = advance();

        private @Nullable Link advance() {
          while (++slot < table.length()) {
            Link link = table.get(slot);
            if (link != null && link != REMOVED) {
              return link;
            }
          }
          return null;
        }

        @Override
        public boolean hasNext() {
          return next != null;
        }

        @Override
        public Link next() {
          Link link = next;
          if (link == null) {
            throw new NoSuchElementException();
          }
          next = advance();
          return link;
        }
      };
    }
  }
}
