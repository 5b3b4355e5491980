package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.NamedCounts;

/**
 * Lets records into the store: only of members, newer than what is known, signed, and not too often
 * from one peer. Nothing else gets there, and nothing else is passed on. Owned by its {@link
 * Gossip}.
 */
final class Intake {
  /** What became of a record. */
  enum Outcome {
    /** It is in the store now. */
    NEW,
    /** It, or a newer one, was there before. */
    KNOWN,
    /** It was left out, for now. */
    REFUSED,
    /** Whoever sent it has not checked it, or has made it up. */
    FORGED
  }

  private final PeerId self;
  private final long presence;
  private final BoundConfig bounds;
  private final RecordStore store;
  private final Publisher publisher;
  private final PresenceEffects effects;
  private final RecordListener listener;
  private final NamedCounts<PresenceDrop> drops;
  private final OriginRates origins;
  private final Map<RecordKey, SignedRecord> early = new LinkedHashMap<>(0);

  Intake(
      PeerId self,
      long presence,
      BoundConfig bounds,
      RecordStore store,
      Publisher publisher,
      PresenceEffects effects,
      RecordListener listener,
      NamedCounts<PresenceDrop> drops,
      long nowNs) {
    this.self = self;
    this.presence = presence;
    this.bounds = bounds;
    this.store = store;
    this.publisher = publisher;
    this.effects = effects;
    this.listener = listener;
    this.drops = drops;
    this.origins = new OriginRates(bounds.origin(), nowNs);
  }

  /** A record of ours, or of somebody else. */
  Outcome take(SignedRecord record, long nowNs) {
    PeerId peer = record.peer();
    if (record instanceof DataRecord data && data.dataBytes() > bounds.maxDataBytes()) {
      drops.count(PresenceDrop.DATA_TOO_LONG);
      return Outcome.REFUSED;
    }
    int slot = store.slot(peer);
    if (slot == MemberSlots.NONE) {
      drops.count(PresenceDrop.UNKNOWN_MEMBER);
      keep(record);
      return Outcome.REFUSED;
    }
    if (record.version() <= store.version(record.kind(), slot)) {
      drops.count(PresenceDrop.KNOWN_RECORD);
      return Outcome.KNOWN;
    }
    if (!origins.has(slot, nowNs)) {
      drops.count(PresenceDrop.ORIGIN_RATE);
      return Outcome.REFUSED;
    }
    if (!effects.verify(peer, record.signedBytes(presence), record.signature())) {
      drops.count(PresenceDrop.FORGED);
      return Outcome.FORGED;
    }
    origins.take(slot, nowNs);
    if (peer.equals(self)) {
      publisher.outdo(record);
      return Outcome.KNOWN;
    }
    put(record, slot, nowNs);
    return Outcome.NEW;
  }

  /** Puts a record of our own into the store. */
  void put(SignedRecord record, long nowNs) {
    put(record, store.slot(self), nowNs);
  }

  private void put(SignedRecord record, int slot, long nowNs) {
    long before = store.version(record.kind(), slot);
    store.put(record, slot);
    listener.onRecord(record, before, nowNs);
  }

  private void keep(SignedRecord record) {
    early.remove(record.key());
    early.put(record.key(), record);
    if (early.size() > bounds.maxEarly()) {
      early.remove(early.keySet().iterator().next());
    }
  }

  /** What has come of a peer before it was known as a member; it is forgotten here. */
  List<SignedRecord> early(PeerId peer) {
    List<SignedRecord> records = new ArrayList<>(0);
    if (!early.isEmpty()) {
      Iterator<SignedRecord> all = early.values().iterator();
      while (all.hasNext()) {
        SignedRecord record = all.next();
        if (record.peer().equals(peer)) {
          records.add(record);
          all.remove();
        }
      }
    }
    return records;
  }
}
