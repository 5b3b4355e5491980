package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Digest;
import org.peerrelay.presence.PresenceFrame.PeerVersions;
import org.peerrelay.presence.PresenceFrame.Versions;

/**
 * Finds what two neighbours do not both have: when a link is new, when signs of life keep telling
 * of other records, and when something could not be sent. The one sends its sums; the other names
 * what it has where its own sums differ; the first fetches what it lacks, and names what the other
 * lacks, who fetches that: so nobody gets a record from several neighbours at once. Owned by its
 * {@link Gossip}.
 */
final class AntiEntropy {
  /** A comparison that has found so much is soon followed by another one. */
  private static final int MANY = 32;

  private static final int HEAD_BYTES = 3;

  private final GossipConfig config;
  private final RecordStore store;
  private final Links links;
  private final Spread spread;
  private final Outlet outlet;
  private final RandomGenerator random;
  private final PresenceEffects effects;

  AntiEntropy(
      GossipConfig config,
      RecordStore store,
      Links links,
      Spread spread,
      Outlet outlet,
      RandomGenerator random,
      PresenceEffects effects) {
    this.config = config;
    this.store = store;
    this.links = links;
    this.spread = spread;
    this.outlet = outlet;
    this.random = random;
    this.effects = effects;
  }

  void onAlive(Link link, long summary, long nowNs) {
    if (summary == store.summary()) {
      link.mismatches = 0;
      link.compareGapNs = config.compareMinNs();
    } else {
      link.mismatches++;
      if (link.mismatches >= config.mismatches()) {
        link.compareAt(nowNs + random.nextLong(config.compareMinNs()));
      }
    }
  }

  /** Begins a comparison that is due, unless enough is looked for; ten times a second. */
  void tick(long nowNs) {
    for (Link link : links.all()) {
      if (link.compares && link.isUp() && nowNs - link.compareNs >= 0 && !spread.isBusy()) {
        link.compares = false;
        link.mismatches = 0;
        effects.send(link.peer, store.digest());
        return;
      }
    }
  }

  /** Names what there is in parts that differ, in one frame: each time other parts come first. */
  void onDigest(Link link, Digest digest, long nowNs) {
    int first = random.nextInt(RecordStore.PARTS);
    List<Integer> parts = new ArrayList<>();
    List<PeerVersions> peers = new ArrayList<>();
    int bytes = HEAD_BYTES;
    for (int i = 0; i < RecordStore.PARTS; i++) {
      int part = (first + i) & (RecordStore.PARTS - 1);
      if (digest.sum(part) == store.sum(part)) {
        continue;
      }
      List<PeerVersions> more = store.versions(part);
      int moreBytes = 1 + PeerVersions.BYTES * more.size();
      if (moreBytes > PresenceFrame.PAGE_BYTES - HEAD_BYTES) {
        // Ids were made for one part. Some of them are named, without a word on the others.
        more = some(more);
        moreBytes = PeerVersions.BYTES * more.size();
      } else if (bytes + moreBytes <= PresenceFrame.PAGE_BYTES) {
        parts.add(part);
      }
      if (bytes + moreBytes > PresenceFrame.PAGE_BYTES) {
        break;
      }
      peers.addAll(more);
      bytes += moreBytes;
    }
    if (!peers.isEmpty() || !parts.isEmpty()) {
      outlet.answer(link, new Versions(sorted(parts), peers), nowNs);
    }
  }

  private static List<Integer> sorted(List<Integer> parts) {
    return parts.stream().sorted().toList();
  }

  private List<PeerVersions> some(List<PeerVersions> peers) {
    int room = PresenceFrame.PAGE_BYTES / PeerVersions.BYTES / 2;
    int from = random.nextInt(peers.size() - room + 1);
    return peers.subList(from, from + room);
  }

  void onVersions(Link link, Versions versions, long nowNs) {
    List<PeerVersions> lacking = new ArrayList<>();
    int missing = 0;
    Set<PeerId> named = new HashSet<>();
    for (PeerVersions theirs : versions.peers()) {
      named.add(theirs.peer());
      if (store.isMember(theirs.peer())) {
        missing += compare(link, theirs, lacking, nowNs);
      }
    }
    for (int part : versions.parts()) {
      for (PeerVersions ours : store.versions(part)) {
        if (!named.contains(ours.peer())) {
          lacking.add(ours);
        }
      }
    }
    if (!lacking.isEmpty()) {
      int most = Math.min(lacking.size(), PresenceFrame.PAGE_BYTES / PeerVersions.BYTES - 1);
      outlet.answer(link, new Versions(List.of(), lacking.subList(0, most)), nowNs);
    }
    if (missing + lacking.size() > 0) {
      again(link, missing + lacking.size(), nowNs);
    }
  }

  /** Looks for what we lack of a peer, and notes what they lack; how many records we lack. */
  private int compare(Link link, PeerVersions theirs, List<PeerVersions> lacking, long nowNs) {
    PeerId peer = theirs.peer();
    SignedRecord links = store.links(peer);
    SignedRecord data = store.data(peer);
    long ourLinks = links == null ? 0 : links.version();
    long ourData = data == null ? 0 : data.version();
    int missing = 0;
    if (theirs.links() > ourLinks) {
      spread.lacking(link, new RecordId(RecordKind.LINKS, peer, theirs.links()), nowNs);
      missing++;
    }
    if (theirs.data() > ourData) {
      spread.lacking(link, new RecordId(RecordKind.DATA, peer, theirs.data()), nowNs);
      missing++;
    }
    boolean newerData = data != null && theirs.data() < ourData && data.isSigned();
    if (theirs.links() < ourLinks || newerData) {
      lacking.add(new PeerVersions(peer, ourLinks, newerData ? ourData : 0));
    }
    return missing;
  }

  /** Compares again after a while, until nothing is found: not all may have been sent or taken. */
  private void again(Link link, int found, long nowNs) {
    link.compareAt(nowNs + link.compareGapNs);
    link.compareGapNs =
        found >= MANY
            ? config.compareMinNs()
            : Math.min(config.compareMaxNs(), 2 * link.compareGapNs);
  }
}
