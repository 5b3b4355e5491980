package org.peerrelay.relay;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.KeyedHash;
import org.peerrelay.id.PeerId;

/**
 * A map by peer ids, in the order in which they were put in, for one thread. It does what {@link
 * java.util.LinkedHashMap} does in less than half of the memory: every node has a dozen such maps,
 * and a relay an entry for each of its peers in several of them.
 *
 * <p>Ids and values stand in one array, in their order; what is removed leaves a gap until the
 * array is full. A few are looked through one by one. More have an index with open addressing,
 * whose hash has a secret key, so that nobody can choose ids that collide. A map that has become
 * empty keeps no arrays.
 */
public final class IdMap<V> extends AbstractMap<PeerId, V> {
  /** Up to so many places need no index. */
  private static final int FEW = 12;

  private static final int NOWHERE = -1;
  private static final KeyedHash HASH = KeyedHash.secret();
  private static final @Nullable Object[] NO_ENTRIES = {};
  private static final int[] NO_INDEX = {};

  /** The id of each place, and its value behind it; null where there is a gap. */
  private @Nullable Object[] entries = NO_ENTRIES;

  /**
   * By hash, the place and 1 in the bits that a slot's number takes, and the others of the hash in
   * the others: so the id itself is hardly ever looked at in vain. 0 where there is none.
   */
  private int[] index = NO_INDEX;

  /** The first place that is no gap. */
  private int first;

  /** How many places are taken, gaps among them. */
  private int end;

  private int size;

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable V get(@Nullable Object id) {
    int place = place(id);
    return place == NOWHERE ? null : value(place);
  }

  @Override
  public boolean containsKey(@Nullable Object id) {
    return place(id) != NOWHERE;
  }

  /** An id that is there keeps its place in the order. */
  @Override
  public @Nullable V put(PeerId id, V value) {
    int place = place(id);
    if (place == NOWHERE) {
      if (2 * end == entries.length) {
        move();
      }
      append(id, value);
      return null;
    }
    V before = value(place);
    entries[2 * place + 1] = value;
    return before;
  }

  @Override
  public @Nullable V remove(@Nullable Object id) {
    int place = place(id);
    if (place == NOWHERE) {
      return null;
    }
    V before = value(place);
    removeAt(place);
    return before;
  }

  /** Removes the one that was put in longest ago; nothing if there is none. */
  public void removeFirst() {
    if (size > 0) {
      removeAt(first);
    }
  }

  @Override
  public void clear() {
    entries = NO_ENTRIES;
    index = NO_INDEX;
    first = 0;
    end = 0;
    size = 0;
  }

  @Override
  public Set<PeerId> keySet() {
    return new View<>(this::id);
  }

  @Override
  public Set<Map.Entry<PeerId, V>> entrySet() {
    return new View<>(place -> new SimpleImmutableEntry<>(id(place), value(place)));
  }

  @Override
  public Collection<V> values() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<V> iterator() {
        return new Places<>(IdMap.this::value);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private PeerId id(int place) {
    return (PeerId) present(entries[2 * place]);
  }

  @SuppressWarnings("unchecked")
  private V value(int place) {
    return (V) present(entries[2 * place + 1]);
  }

  private static Object present(@Nullable Object entry) {
    if (entry == null) {
      throw new NoSuchElementException("entry: none (expected: one, where there is no gap)");
    }
    return entry;
  }

  private boolean isGap(int place) {
    return entries[2 * place] == null;
  }

  private int place(@Nullable Object key) {
    if (!(key instanceof PeerId id)) {
      return NOWHERE;
    }
    return index.length == 0 ? lookThrough(id) : lookUp(id);
  }

  private int lookThrough(PeerId id) {
    for (int place = first; place < end; place++) {
      if (id.equals(entries[2 * place])) {
        return place;
      }
    }
    return NOWHERE;
  }

  private int lookUp(PeerId id) {
    int hash = hash(id);
    int mask = index.length - 1;
    int slot = hash & mask;
    for (int found = index[slot]; found != 0; found = index[slot]) {
      int place = (found & mask) - 1;
      if (((found ^ hash) & ~mask) == 0 && id.equals(entries[2 * place])) {
        return place;
      }
      slot = slot + 1 & mask;
    }
    return NOWHERE;
  }

  private static int hash(PeerId id) {
    return (int) HASH.hash(id, 0);
  }

  private void append(PeerId id, Object value) {
    if (index.length > 0) {
      int hash = hash(id);
      int mask = index.length - 1;
      int slot = hash & mask;
      while (index[slot] != 0) {
        slot = slot + 1 & mask;
      }
      index[slot] = (hash & ~mask) | (end + 1);
    }
    entries[2 * end] = id;
    entries[2 * end + 1] = value;
    end++;
    size++;
  }

  private void removeAt(int place) {
    entries[2 * place] = null;
    entries[2 * place + 1] = null;
    size--;
    if (size == 0) {
      clear();
    } else {
      while (isGap(first)) {
        first++;
      }
    }
  }

  /** To new arrays without gaps, with room for half as many more. */
  private void move() {
    @Nullable Object[] old = entries;
    int oldEnd = end;
    int places = size + size / 2 + 2;
    clear();
    entries = new @Nullable Object[2 * places];
    if (places > FEW) {
      // At least a quarter of the slots is empty.
      index = new int[2 * Integer.highestOneBit(places * 4 / 3)];
    }
    for (int place = 0; place < oldEnd; place++) {
      Object id = old[2 * place];
      if (id != null) {
        append((PeerId) id, present(old[2 * place + 1]));
      }
    }
  }

  private final class View<T> extends AbstractSet<T> {
    private final IntFunction<T> at;

    View(IntFunction<T> at) {
      this.at = at;
    }

    @Override
    public Iterator<T> iterator() {
      return new Places<>(at);
    }

    @Override
    public int size() {
      return size;
    }
  }

  private final class Places<T> implements Iterator<T> {
    private final IntFunction<T> at;
    private int last = NOWHERE;
    private int next = first;

    Places(IntFunction<T> at) {
      this.at = at;
    }

    @Override
    public boolean hasNext() {
      return next < end;
    }

    @Override
    public T next() {
      if (next >= end) {
        throw new NoSuchElementException();
      }
      last = next++;
      while (next < end && isGap(next)) {
        next++;
      }
      return at.apply(last);
    }

    @Override
    public void remove() {
      if (last == NOWHERE) {
        throw new IllegalStateException("remove: before next (expected: once after each)");
      }
      removeAt(last);
      last = NOWHERE;
    }
  }
}
