package org.peerrelay.routing;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.peerrelay.id.PeerId;

/**
 * Up to k contacts in the order in which they were last seen, the oldest first.
 *
 * <ol>
 *   <li>A contact that is known moves to the end, with its new URL and time.
 *   <li>A new contact is added at the end while there is room.
 *   <li>A full bucket keeps whom it has, since a peer that has long been there is likely to stay,
 *       and names the oldest, who should be probed.
 * </ol>
 *
 * <p>Single-threaded: owned by its {@link RoutingTable}.
 */
final class KBucket {
  private static final Contact[] NONE = {};

  private final int capacity;

  /** As long as there are contacts: most buckets have few, and a simulation has many. */
  private Contact[] contacts = NONE;

  KBucket(int capacity) {
    this.capacity = capacity;
  }

  /** Applies the rules above to {@code contact}. */
  Insertion offer(Contact contact) {
    int index = indexOf(contact.id());
    if (index >= 0) {
      Contact previous = contacts[index];
      int last = contacts.length - 1;
      System.arraycopy(contacts, index + 1, contacts, index, last - index);
      contacts[last] = contact;
      return new Insertion.Refreshed(previous);
    }
    if (contacts.length == capacity) {
      return new Insertion.Full(contacts[0]);
    }
    contacts = Arrays.copyOf(contacts, contacts.length + 1);
    contacts[contacts.length - 1] = contact;
    return new Insertion.Added();
  }

  /** Removes the contact with {@code id}; tells whether there was one. */
  boolean remove(PeerId id) {
    int index = indexOf(id);
    if (index < 0) {
      return false;
    }
    Contact[] others = Arrays.copyOf(contacts, contacts.length - 1);
    System.arraycopy(contacts, index + 1, others, index, others.length - index);
    contacts = others;
    return true;
  }

  Optional<Contact> find(PeerId id) {
    int index = indexOf(id);
    return index < 0 ? Optional.empty() : Optional.of(contacts[index]);
  }

  /** The contacts, the oldest first. A view, not to be kept across a change of the bucket. */
  List<Contact> contacts() {
    return Collections.unmodifiableList(Arrays.asList(contacts));
  }

  private int indexOf(PeerId id) {
    for (int i = 0; i < contacts.length; i++) {
      if (contacts[i].id().equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
