package org.peerrelay.routing;

import java.util.ArrayList;
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
  private final int capacity;
  private final List<Contact> contacts = new ArrayList<>();

  KBucket(int capacity) {
    this.capacity = capacity;
  }

  /** Applies the rules above to {@code contact}. */
  Insertion offer(Contact contact) {
    int index = indexOf(contact.id());
    if (index >= 0) {
      Contact previous = contacts.remove(index);
      contacts.add(contact);
      return new Insertion.Refreshed(previous);
    }
    if (contacts.size() == capacity) {
      return new Insertion.Full(contacts.get(0));
    }
    contacts.add(contact);
    return new Insertion.Added();
  }

  /** Removes the contact with {@code id}; tells whether there was one. */
  boolean remove(PeerId id) {
    int index = indexOf(id);
    if (index < 0) {
      return false;
    }
    contacts.remove(index);
    return true;
  }

  Optional<Contact> find(PeerId id) {
    int index = indexOf(id);
    return index < 0 ? Optional.empty() : Optional.of(contacts.get(index));
  }

  /** The contacts, the oldest first: a view that changes with the bucket. */
  List<Contact> contacts() {
    return Collections.unmodifiableList(contacts);
  }

  private int indexOf(PeerId id) {
    for (int i = 0; i < contacts.size(); i++) {
      if (contacts.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
