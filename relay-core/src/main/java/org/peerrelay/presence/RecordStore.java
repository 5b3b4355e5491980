package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Digest;
import org.peerrelay.presence.PresenceFrame.Page;
import org.peerrelay.presence.PresenceFrame.PeerVersions;

/**
 * The members of a swarm, and the newest records of each. Keeps sums of what it has, by which two
 * stores find out what differs: each record has a mark, and a sum adds up the marks of all records
 * whose peers' ids end with the same byte. Owned by its {@link Gossip}.
 *
 * <p>Ten thousand stores of ten thousand members fit into one simulation: records are shared, and a
 * store has 26 bytes for each member.
 */
final class RecordStore {
  /** So many sums, one for each last byte of an id. */
  static final int PARTS = 256;

  private static final int HEAD_BYTES = 9;

  private final int maxMembers;
  private final MemberSlots slots = new MemberSlots();
  private @Nullable LinksRecord[] links;
  private @Nullable DataRecord[] data;
  private final long[] sums = new long[PARTS];
  private long summary;

  RecordStore(int maxMembers) {
    this.maxMembers = maxMembers;
    this.links = new @Nullable LinksRecord[slots.capacity()];
    this.data = new @Nullable DataRecord[slots.capacity()];
  }

  boolean isMember(PeerId peer) {
    return slots.slot(peer) != MemberSlots.NONE;
  }

  /** The member's number here, by which it is found at once; or {@link MemberSlots#NONE}. */
  int slot(PeerId peer) {
    return slots.slot(peer);
  }

  int members() {
    return slots.size();
  }

  boolean isFull() {
    return slots.size() >= maxMembers;
  }

  /** Adds a member that is not there; there must be room. */
  void add(PeerId peer) {
    slots.add(peer);
    if (links.length < slots.capacity()) {
      links = Arrays.copyOf(links, slots.capacity());
      data = Arrays.copyOf(data, slots.capacity());
    }
  }

  /** Removes a member, if it is there, with its records; tells whether it was. */
  boolean remove(PeerId peer) {
    int slot = slots.slot(peer);
    if (slot == MemberSlots.NONE) {
      return false;
    }
    count(peer, links[slot], null);
    count(peer, data[slot], null);
    links[slot] = null;
    data[slot] = null;
    slots.remove(peer);
    return true;
  }

  /** A member, or null: few draws find none if there are many. */
  @Nullable PeerId draw(RandomGenerator random) {
    return slots.end() == 0 ? null : slots.at(random.nextInt(slots.end()));
  }

  @Nullable LinksRecord links(PeerId peer) {
    int slot = slots.slot(peer);
    return slot == MemberSlots.NONE ? null : links[slot];
  }

  @Nullable DataRecord data(PeerId peer) {
    int slot = slots.slot(peer);
    return slot == MemberSlots.NONE ? null : data[slot];
  }

  @Nullable SignedRecord get(RecordKey key) {
    return key.kind() == RecordKind.LINKS ? links(key.peer()) : data(key.peer());
  }

  /** The version of a record; 0 if there is none. */
  long version(RecordKey key) {
    return version(get(key));
  }

  /** The same of the member with this slot. */
  long version(RecordKind kind, int slot) {
    return version(kind == RecordKind.LINKS ? links[slot] : data[slot]);
  }

  private static long version(@Nullable SignedRecord record) {
    return record == null ? 0 : record.version();
  }

  /** Puts a record of a member in the place of what there was. */
  void put(SignedRecord record) {
    put(record, slots.slot(record.peer()));
  }

  /** The same, of the member with this slot. */
  void put(SignedRecord record, int slot) {
    if (record instanceof LinksRecord newer) {
      count(newer.peer(), links[slot], newer);
      links[slot] = newer;
    } else if (record instanceof DataRecord newer) {
      count(newer.peer(), data[slot], newer);
      data[slot] = newer;
    }
  }

  private void count(PeerId peer, @Nullable SignedRecord before, @Nullable SignedRecord after) {
    long difference = mark(after) - mark(before);
    sums[MemberSlots.part(peer)] += difference;
    summary += difference;
  }

  /** What was forgotten does not count: it is nothing that others lack. */
  private static long mark(@Nullable SignedRecord record) {
    return record == null || !record.isSigned() ? 0 : record.mark();
  }

  /** The sum of all sums: two stores that have the same have the same one. */
  long summary() {
    return summary;
  }

  long sum(int part) {
    return sums[part];
  }

  Digest digest() {
    return new Digest(sums.clone());
  }

  /** All that there is in one part, but for what was forgotten. */
  List<PeerVersions> versions(int part) {
    List<PeerVersions> all = new ArrayList<>();
    for (int slot = slots.first(part); slot != MemberSlots.NONE; slot = slots.next(slot)) {
      PeerId peer = slots.at(slot);
      long itsLinks = version(links[slot]);
      DataRecord itsData = data[slot];
      long shown = itsData == null || !itsData.isSigned() ? 0 : itsData.version();
      if (peer != null && (itsLinks | shown) != 0) {
        all.add(new PeerVersions(peer, itsLinks, shown));
      }
    }
    return all;
  }

  /** The records from {@code cursor} on, as many as fit into a page. */
  Page page(int cursor) {
    List<SignedRecord> records = new ArrayList<>();
    int bytes = HEAD_BYTES;
    for (int slot = cursor; slot < slots.end(); slot++) {
      int more = bytes(links[slot]) + bytes(data[slot]);
      if (bytes + more > PresenceFrame.PAGE_BYTES && !records.isEmpty()) {
        return new Page(cursor, slot, records);
      }
      bytes += more;
      add(links[slot], records);
      add(data[slot], records);
    }
    return new Page(cursor, 0, records);
  }

  private static int bytes(@Nullable SignedRecord record) {
    return record == null || !record.isSigned() ? 0 : record.encodedBytes();
  }

  private static void add(@Nullable SignedRecord record, List<SignedRecord> records) {
    if (record != null && record.isSigned()) {
      records.add(record);
    }
  }
}
