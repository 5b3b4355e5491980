package org.peerrelay.presence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * A presence: who is online in a swarm, with which data. A peer is online if a path of links leads
 * from this peer to it, each of which both its ends have signed.
 *
 * <p>A pure state machine: it is told the members, what has come and the time, and answers through
 * {@link PresenceEffects} and {@link PresenceListener}. One thread.
 */
public final class PresenceNode {
  /** How many members are drawn to find one that no path leads to. */
  private static final int DRAWS = 8;

  private final PeerId self;
  private final PresenceConfig config;
  private final RandomGenerator random;
  private final PresenceListener listener;
  private final PresenceGraph graph;
  private final Gossip gossip;
  private long mendNs;

  /**
   * A presence without members.
   *
   * @param self this peer, which is always online and need not be told as a member
   * @param presence tells this presence from others of the same swarm; signatures cover it
   * @param random decides with whom links are made, and when what can wait is done
   */
  public PresenceNode(
      PeerId self,
      long presence,
      PresenceConfig config,
      RandomGenerator random,
      PresenceEffects effects,
      PresenceListener listener,
      long nowNs) {
    this.self = self;
    this.config = config;
    this.random = random;
    this.listener = listener;
    this.graph = new PresenceGraph(self);
    this.gossip = new Gossip(self, presence, config, random, effects, new ToGraph(), nowNs);
    this.mendNs = nowNs + random.nextLong(config.links().mendNs());
  }

  /** Brings records into the graph, and tells the application what they change. */
  private final class ToGraph implements RecordListener {
    @Override
    public void onRecord(SignedRecord record, long before, long nowNs) {
      PeerId peer = record.peer();
      if (record instanceof LinksRecord links) {
        tell(peer, graph.update(links, nowNs));
      } else if (record instanceof DataRecord data && !peer.equals(self)) {
        graph.see(peer, nowNs);
        listener.peerData(data.data(), peer);
      }
    }

    @Override
    public void onGone(PeerId member, long nowNs) {
      GraphChange change = graph.remove(member, nowNs);
      if (change != null) {
        tell(member, change);
      }
    }

    @Override
    public void onBootstrapped() {
      listener.bootstrapped();
    }
  }

  private void tell(PeerId peer, GraphChange change) {
    for (PeerId other : change.linked()) {
      tellAdd(peer, other);
      tellAdd(other, peer);
    }
    for (PeerId other : change.unlinked()) {
      tellRemove(peer, other);
      tellRemove(other, peer);
    }
    change.joined().forEach(gossip::recall);
    if (!change.joined().isEmpty() || !change.left().isEmpty()) {
      listener.online(change.joined(), change.left());
    }
    listener.graphChanged(change.visited());
  }

  private void tellAdd(PeerId source, PeerId destination) {
    if (source.equals(self)) {
      listener.peerAdd(destination);
    } else {
      listener.peerAddSeen(source, destination);
    }
  }

  private void tellRemove(PeerId source, PeerId destination) {
    if (source.equals(self)) {
      listener.peerRemove(destination);
    } else {
      listener.peerRemoveSeen(source, destination);
    }
  }

  /** A member of the swarm, now or from now on. Only members count. */
  public void onMember(PeerId member, long nowNs) {
    gossip.onMember(member, nowNs);
  }

  /** A member has left the swarm. */
  public void onMemberLeft(PeerId member, long nowNs) {
    gossip.onMemberLeft(member, nowNs);
  }

  /** The bytes of a frame have come from a member, and are from that member. */
  public void onMessage(PeerId from, byte[] frame, long nowNs) {
    Optional<PresenceFrame> read;
    try {
      read = FrameCodec.decode(frame);
    } catch (MalformedPresenceException e) {
      gossip.onUnreadable(PresenceDrop.MALFORMED);
      return;
    }
    if (read.isPresent()) {
      onFrame(from, read.get(), nowNs);
    } else {
      gossip.onUnreadable(PresenceDrop.UNKNOWN_KIND);
    }
  }

  /** A frame has come from a member, and is from that member. */
  public void onFrame(PeerId from, PresenceFrame frame, long nowNs) {
    gossip.onFrame(from, frame, nowNs);
  }

  /** Lets time pass; ten times a second. */
  public void onTick(long nowNs) {
    gossip.onTick(nowNs);
    graph.prune(config.gossip().pruneNs(), nowNs).forEach(gossip::forget);
    if (nowNs - mendNs >= 0) {
      long everyNs = config.links().mendNs();
      mendNs = nowNs + everyNs / 2 + random.nextLong(everyNs);
      mend(nowNs);
    }
  }

  /**
   * Where the graph has fallen apart, a few peers of each part link with members of others. Each
   * decides by chance, by the size of its part, so that it is always a few.
   */
  private void mend(long nowNs) {
    int reachable = graph.online().size();
    if (reachable < gossip.members() && random.nextInt(reachable) < config.links().menders()) {
      for (int i = 0; i < DRAWS; i++) {
        PeerId member = gossip.drawMember(random);
        if (member != null && !graph.isOnline(member)) {
          gossip.bridge(member, nowNs);
          return;
        }
      }
    }
  }

  /**
   * Shows other data to others.
   *
   * @throws IllegalArgumentException if they are longer than may be
   */
  public void setData(byte[] data) {
    int most = config.bounds().maxDataBytes();
    if (data.length > most) {
      throw new IllegalArgumentException(
          "data: " + data.length + " bytes (expected: at most " + most + ")");
    }
    gossip.setData(data.clone());
  }

  /** Says goodbye to the neighbours, who then drop their links at once. */
  public void close() {
    gossip.close();
  }

  /**
   * Who is online, this peer among them and first: a live view, for the thread of this node, with
   * constant cost but for iteration.
   */
  public Set<PeerId> online() {
    return graph.online();
  }

  /** A copy of this peer's data; null if none were ever set. */
  public byte @Nullable [] data() {
    byte[] data = gossip.data();
    return data == null ? null : data.clone();
  }

  /** A copy of a peer's data; null if they are not known, or were forgotten. */
  public byte @Nullable [] peerData(PeerId peer) {
    if (peer.equals(self)) {
      return data();
    }
    DataRecord record = gossip.data(peer);
    return record == null ? null : record.data();
  }

  /** With whom links are up, as this peer alone sees it. */
  public List<PeerId> neighbours() {
    return gossip.neighbours();
  }

  /** A sum of all records: two members that have the same records have the same sum. */
  public long summary() {
    return gossip.summary();
  }

  /** The application cannot read what a peer shows; counted. */
  public void onUnreadableData() {
    gossip.onUnreadable(PresenceDrop.UNREADABLE_DATA);
  }

  /** What was refused since the beginning, by reason; zero for what never occurred. Any thread. */
  public Map<PresenceDrop, Long> drops() {
    return gossip.drops();
  }
}
