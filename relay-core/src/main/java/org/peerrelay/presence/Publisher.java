package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.rate.Rate;
import org.peerrelay.rate.TokenBucket;

/**
 * Signs what this peer says about itself, no more often than others take it. Owned by its {@link
 * Gossip}.
 */
final class Publisher {
  /** Others may get two of our records closer to each other than they were published. */
  private static final int SPARE = 2;

  /** No clock has ever shown more, and there is room above it. */
  private static final long MAX_OUTDONE = 1L << 62;

  private final PeerId self;
  private final long presence;
  private final LinkConfig config;
  private final PresenceEffects effects;
  private final SettledLinks settled;
  private final TokenBucket rate;
  private byte @Nullable [] data;
  private boolean dataDue;
  private boolean linksDue;
  private long linksNs;
  private long version;

  Publisher(
      PeerId self, long presence, PresenceConfig config, PresenceEffects effects, long nowNs) {
    this.self = self;
    this.presence = presence;
    this.config = config.links();
    this.effects = effects;
    this.settled = new SettledLinks(config.links());
    Rate origin = config.bounds().origin();
    this.rate = new TokenBucket(new Rate(origin.perS(), Math.max(1, origin.burst() - SPARE)));
    this.linksNs = nowNs - this.config.recordGapNs();
  }

  /** The data that were set last; null if none ever were. Not a copy. */
  byte @Nullable [] data() {
    return data;
  }

  /** Shows other data to others, soon. Keeps the array. */
  void setData(byte[] newData) {
    data = newData;
    dataDue = true;
  }

  /** A link that will not come back. */
  void forget(PeerId peer) {
    linksDue |= settled.remove(peer);
  }

  /**
   * An earlier life of this peer has signed this, and others still have it: what is published from
   * now on counts before it.
   */
  void outdo(SignedRecord record) {
    if (record.version() > MAX_OUTDONE) {
      return;
    }
    version = Math.max(version, record.version());
    if (record.kind() == RecordKind.LINKS) {
      linksDue = true;
    } else {
      dataDue = true;
    }
  }

  /** What is to be published now, signed. */
  List<SignedRecord> due(Links links, long nowNs) {
    linksDue |= settled.update(links, nowNs);
    List<SignedRecord> records = new ArrayList<>(0);
    if (linksDue && nowNs - linksNs >= config.recordGapNs() && rate.take(nowNs)) {
      LinksRecord record =
          new LinksRecord(self, nextVersion(), settled.peers(), SignedRecord.UNSIGNED);
      records.add(record.signed(effects.sign(record.signedBytes(presence))));
      linksDue = false;
      linksNs = nowNs;
    }
    if (dataDue && rate.take(nowNs)) {
      byte[] shown = data == null ? new byte[0] : data;
      DataRecord record = new DataRecord(self, nextVersion(), shown, SignedRecord.UNSIGNED);
      records.add(record.signed(effects.sign(record.signedBytes(presence))));
      dataDue = false;
    }
    return records;
  }

  private long nextVersion() {
    version = Math.max(version + 1, effects.issuedMs());
    return version;
  }
}
