package org.peerrelay.routing;

import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * The peers that this node knows of, after Kademlia: bucket <i>i</i> holds up to k contacts that
 * share exactly <i>i</i> leading bits with the local id. So a node knows its own neighbourhood well
 * and some way into every other, in 160 k contacts at most, however many it is told of.
 *
 * <p>Single-threaded: owned by the control loop. Times come with the contacts; the table compares
 * none, but takes the order of the calls for the order of events.
 */
public final class RoutingTable {
  /** How many contacts a bucket holds where nothing else is asked for: Kademlia's k. */
  public static final int DEFAULT_K = 20;

  private final PeerId local;
  private final int k;

  /** Up to the last that was ever used: most never are, and a simulation has many tables. */
  private @Nullable KBucket[] buckets = new @Nullable KBucket[0];

  private final Collection<Contact> view = new Contacts();
  private int size;

  /**
   * An empty table of the node {@code local}, with {@code k} contacts a bucket.
   *
   * @throws IllegalArgumentException if {@code k} is less than 1
   */
  public RoutingTable(PeerId local, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("bucket size: " + k + " (expected: 1 or more)");
    }
    this.local = local;
    this.k = k;
  }

  /** The id of the node whose table this is. */
  public PeerId local() {
    return local;
  }

  /**
   * Adds or refreshes a contact that has just been seen alive, if there is room. Nothing is ever
   * pushed out: see {@link Insertion} for what to do.
   */
  public Insertion offer(Contact contact) {
    if (contact.id().equals(local)) {
      return new Insertion.Self();
    }
    int index = local.commonPrefixBits(contact.id());
    KBucket bucket = bucketAt(index);
    if (bucket == null) {
      bucket = new KBucket(k);
      buckets = Arrays.copyOf(buckets, Math.max(buckets.length, index + 1));
      buckets[index] = bucket;
    }
    Insertion insertion = bucket.offer(contact);
    if (insertion instanceof Insertion.Added) {
      size++;
    }
    return insertion;
  }

  /** Removes the contact with {@code id}; tells whether there was one. */
  public boolean remove(PeerId id) {
    KBucket bucket = bucketOf(id);
    boolean removed = bucket != null && bucket.remove(id);
    if (removed) {
      size--;
    }
    return removed;
  }

  /** The contact with {@code id}; empty if the table has none. */
  public Optional<Contact> find(PeerId id) {
    KBucket bucket = bucketOf(id);
    return bucket == null ? Optional.empty() : bucket.find(id);
  }

  /** How many contacts the table holds: up to 160 k. */
  public int size() {
    return size;
  }

  /**
   * The contacts that share exactly {@code commonBits} (0 to 159) leading bits with the local id,
   * the oldest first. A view, not to be kept across a change of the table.
   */
  public List<Contact> bucket(int commonBits) {
    KBucket bucket = bucketAt(commonBits);
    return bucket == null ? List.of() : bucket.contacts();
  }

  /**
   * All contacts, the farthest bucket first. A view that changes with the table; the table must not
   * change while it is walked through.
   */
  public Collection<Contact> contacts() {
    return view;
  }

  private @Nullable KBucket bucketOf(PeerId id) {
    return id.equals(local) ? null : bucketAt(local.commonPrefixBits(id));
  }

  private @Nullable KBucket bucketAt(int commonBits) {
    return commonBits < buckets.length ? buckets[commonBits] : null;
  }

  private final class Contacts extends AbstractCollection<Contact> {
    @Override
    public Iterator<Contact> iterator() {
      return Arrays.stream(buckets)
          .filter(Objects::nonNull)
          .flatMap(bucket -> bucket.contacts().stream())
          .iterator();
    }

    @Override
    public int size() {
      return size;
    }
  }
}
