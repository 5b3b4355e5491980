package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Link;
import org.peerrelay.routing.AddressGroup;

/**
 * Which relays a relay should be linked with, so that it knows a nearer one to any target, many
 * bits nearer where it can be, and the nearest of all is known to those around it.
 *
 * <ol>
 *   <li>One in each bucket that has any: with those alone greedy routing never gets stuck.
 *   <li>The nearest ones.
 *   <li>Some more in each bucket, those first that lie apart from the others in it.
 * </ol>
 *
 * <p>Without state: decides from what it is given.
 */
final class LinkPlan {
  private final PeerId self;
  private final TableConfig config;

  LinkPlan(PeerId self, TableConfig config) {
    this.self = self;
    this.config = config;
  }

  /**
   * Whether a relay that has proven itself has a place in the table: it is the first of its bucket,
   * without which ways would end here that lead on; or its address group has not its share yet, and
   * it is one of the nearest or its bucket has room. Nobody loses a place to it, since a link that
   * has lived for long is likely to live on, and to be honest.
   */
  boolean admits(Link link, TableLinks table) {
    AddressGroup group = link.group();
    List<Link> bucket = table.inBucket(table.bucketOf(link.peer()));
    if (bucket.isEmpty()) {
      return true;
    }
    if (group != null && isFull(group, bucket)) {
      return false;
    }
    if (table.rank(link.peer()) >= config.nearLinks()) {
      return bucket.size() < config.maxBucketLinks();
    }
    return group == null || !isFull(group, table.nearest(config.nearLinks()));
  }

  private boolean isFull(AddressGroup group, List<Link> links) {
    return links.stream().filter(link -> group.equals(link.group())).count()
        >= config.maxPerGroup();
  }

  /**
   * Whom to offer links to, the most needed first, {@code count} at most.
   *
   * @param underWay those with whom links are being made, which count as linked
   */
  List<PeerId> offers(
      TableLinks table, Collection<PeerId> underWay, Strangers candidates, int count) {
    if (count <= 0) {
      return List.of();
    }
    Draft draft = new Draft(table, underWay, candidates);
    for (int bucket = 0; bucket < PeerId.BITS; bucket++) {
      draft.fill(bucket, 1);
    }
    draft.addNear(count);
    for (int bucket = 0; bucket <= table.depth(config.nearLinks()); bucket++) {
      draft.fill(bucket, config.bucketLinks());
    }
    return draft.chosen.stream().limit(count).toList();
  }

  /**
   * Random ids in buckets that are short of links, the empty ones first. They lie apart from the
   * links that there are.
   */
  List<PeerId> targets(TableLinks table, RandomGenerator random) {
    int[] links = table.countsWith(List.of());
    List<Integer> empty = new ArrayList<>();
    List<Integer> few = new ArrayList<>();
    for (int bucket = 0; bucket <= table.depth(config.nearLinks()); bucket++) {
      if (links[bucket] == 0) {
        empty.add(bucket);
      } else if (links[bucket] < config.bucketLinks()) {
        few.add(bucket);
      }
    }
    // Another one is first each time, where there are too many for one round.
    Collections.rotate(few, random.nextInt(PeerId.BITS));
    empty.addAll(few);
    return empty.stream()
        .limit(config.maxAsks())
        .map(bucket -> target(bucket, table, random))
        .toList();
  }

  private PeerId target(int bucket, TableLinks table, RandomGenerator random) {
    List<Link> links = table.inBucket(bucket);
    PeerId target = self.differingAt(bucket, PeerId.random(random));
    for (int tries = 1; tries < config.bucketLinks() && isCrowded(target, links); tries++) {
      target = self.differingAt(bucket, PeerId.random(random));
    }
    return target;
  }

  private boolean isCrowded(PeerId target, List<Link> links) {
    return links.stream().anyMatch(link -> areTogether(target, link.peer()));
  }

  /** Whether two of a bucket are in the same part of it, of as many as there are to be links. */
  private boolean areTogether(PeerId one, PeerId other) {
    int partBits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(config.bucketLinks());
    return one.commonPrefixBits(other) > self.commonPrefixBits(one) + partBits;
  }

  /** Offers in the order in which they come to mind. */
  private final class Draft {
    final Set<PeerId> chosen = new LinkedHashSet<>();
    private final TableLinks table;
    private final Collection<PeerId> underWay;
    private final Strangers candidates;
    private final int[] links;

    Draft(TableLinks table, Collection<PeerId> underWay, Strangers candidates) {
      this.table = table;
      this.underWay = underWay;
      this.candidates = candidates;
      this.links = table.countsWith(underWay);
    }

    void fill(int bucket, int wanted) {
      while (links[bucket] < wanted) {
        PeerId best = loneliest(bucket);
        if (best == null) {
          return;
        }
        choose(best);
      }
    }

    private void choose(PeerId peer) {
      if (chosen.add(peer)) {
        links[table.bucketOf(peer)]++;
      }
    }

    /** The one that shares its part of the bucket with the fewest; the last heard of such. */
    private @Nullable PeerId loneliest(int bucket) {
      List<PeerId> known = candidates.inBucket(bucket);
      if (known.isEmpty()) {
        return null;
      }
      List<Link> linked = table.inBucket(bucket);
      PeerId best = null;
      long fewest = Long.MAX_VALUE;
      for (PeerId candidate : known) {
        if (!isTaken(candidate)) {
          long near =
              linked.stream().filter(link -> areTogether(candidate, link.peer())).count()
                  + underWay.stream().filter(peer -> areTogether(candidate, peer)).count()
                  + chosen.stream().filter(peer -> areTogether(candidate, peer)).count();
          if (near <= fewest) {
            best = candidate;
            fewest = near;
          }
        }
      }
      return best;
    }

    private boolean isTaken(PeerId peer) {
      return underWay.contains(peer) || chosen.contains(peer);
    }

    /** Those that would be among the nearest if all links came about. */
    void addNear(int count) {
      int wanted = config.nearLinks();
      List<PeerId> nearest = candidates.nearest(self, wanted + underWay.size() + chosen.size());
      for (PeerId candidate : nearest) {
        if (table.rank(candidate) + nearerTaken(candidate) >= wanted || chosen.size() >= count) {
          return;
        }
        if (!isTaken(candidate)) {
          choose(candidate);
        }
      }
    }

    private long nearerTaken(PeerId candidate) {
      return underWay.stream().filter(peer -> isNearer(peer, candidate)).count()
          + chosen.stream().filter(peer -> isNearer(peer, candidate)).count();
    }

    private boolean isNearer(PeerId peer, PeerId candidate) {
      return self.compareDistance(peer, candidate) < 0;
    }
  }
}
