package org.peerrelay.lab.simulation;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.Gossip;
import org.peerrelay.presence.PresenceConfig;
import org.peerrelay.presence.PresenceEffects;
import org.peerrelay.presence.PresenceFrame;
import org.peerrelay.presence.PresenceListener;
import org.peerrelay.presence.PresenceNode;
import org.peerrelay.presence.RecordListener;
import org.peerrelay.presence.SignedRecord;

/**
 * A peer of a simulated presence: the real gossip, with or without the real graph. Signatures are
 * checksums here, which cost next to nothing and hold as long as nobody forges any.
 */
abstract sealed class PresencePeer implements PresenceEffects {
  private static final long PRESENCE = 1;
  private static final long BEGIN_MS = 1_800_000_000_000L;
  private static final int SIGNATURE_BYTES = 64;

  final int number;
  final PeerId id;
  final PresenceSimulation simulation;
  boolean alive = true;
  long sentBytes;

  /** When its data were changed last. */
  long changedNs;

  PresencePeer(int number, PeerId id, PresenceSimulation simulation) {
    this.number = number;
    this.id = id;
    this.simulation = simulation;
  }

  abstract void onMember(PeerId member, long nowNs);

  abstract void onMemberLeft(PeerId member, long nowNs);

  abstract void onFrame(PeerId from, PresenceFrame frame, long nowNs);

  abstract void onTick(long nowNs);

  abstract void setData(byte[] data);

  abstract void close();

  abstract List<PeerId> neighbours();

  abstract long summary();

  @Override
  public void send(PeerId member, PresenceFrame frame) {
    simulation.send(this, member, frame);
  }

  @Override
  public byte[] sign(byte[] message) {
    return ByteBuffer.allocate(SIGNATURE_BYTES).putLong(checksum(id, message)).array();
  }

  @Override
  public boolean verify(PeerId member, byte[] message, byte[] signature) {
    return ByteBuffer.wrap(signature).getLong() == checksum(member, message);
  }

  private static long checksum(PeerId signer, byte[] message) {
    CRC32 crc = new CRC32();
    crc.update(message, 0, message.length);
    return crc.getValue() << Integer.SIZE | (signer.hashCode() & 0xffff_ffffL);
  }

  @Override
  public long issuedMs() {
    return BEGIN_MS + TimeUnit.NANOSECONDS.toMillis(simulation.nowNs());
  }

  /** One that has and passes on the records, and tells when they come. */
  static final class Gossiping extends PresencePeer implements RecordListener {
    private final Gossip gossip;

    Gossiping(int number, PeerId id, PresenceSimulation simulation, SplittableRandom random) {
      super(number, id, simulation);
      this.gossip =
          new Gossip(id, PRESENCE, PresenceConfig.DEFAULT, random, this, this, simulation.nowNs());
    }

    @Override
    public void onRecord(SignedRecord record, long before, long nowNs) {
      simulation.tally().onRecord(this, record, before, nowNs);
    }

    @Override
    public void onGone(PeerId member, long nowNs) {}

    @Override
    public void onBootstrapped() {}

    @Override
    void onMember(PeerId member, long nowNs) {
      gossip.onMember(member, nowNs);
    }

    @Override
    void onMemberLeft(PeerId member, long nowNs) {
      gossip.onMemberLeft(member, nowNs);
    }

    @Override
    void onFrame(PeerId from, PresenceFrame frame, long nowNs) {
      gossip.onFrame(from, frame, nowNs);
    }

    @Override
    void onTick(long nowNs) {
      gossip.onTick(nowNs);
    }

    @Override
    void setData(byte[] data) {
      gossip.setData(data);
    }

    @Override
    void close() {
      gossip.close();
    }

    @Override
    List<PeerId> neighbours() {
      return gossip.neighbours();
    }

    @Override
    long summary() {
      return gossip.summary();
    }
  }

  /** One that keeps the graph too: a whole node. */
  static final class Observing extends PresencePeer implements PresenceListener {
    private final PresenceNode node;

    Observing(int number, PeerId id, PresenceSimulation simulation, SplittableRandom random) {
      super(number, id, simulation);
      this.node =
          new PresenceNode(
              id, PRESENCE, PresenceConfig.DEFAULT, random, this, this, simulation.nowNs());
    }

    Set<PeerId> online() {
      return node.online();
    }

    @Override
    public void graphChanged(int visitedNodes) {
      simulation.tally().onVisited(visitedNodes);
    }

    @Override
    void onMember(PeerId member, long nowNs) {
      node.onMember(member, nowNs);
    }

    @Override
    void onMemberLeft(PeerId member, long nowNs) {
      node.onMemberLeft(member, nowNs);
    }

    @Override
    void onFrame(PeerId from, PresenceFrame frame, long nowNs) {
      node.onFrame(from, frame, nowNs);
    }

    @Override
    void onTick(long nowNs) {
      node.onTick(nowNs);
    }

    @Override
    void setData(byte[] data) {
      node.setData(data);
    }

    @Override
    void close() {
      node.close();
    }

    @Override
    List<PeerId> neighbours() {
      return node.neighbours();
    }

    @Override
    long summary() {
      return node.summary();
    }
  }
}
