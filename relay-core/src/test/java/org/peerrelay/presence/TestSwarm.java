package org.peerrelay.presence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.peerrelay.id.PeerId;

/**
 * A swarm in virtual time, in which every frame goes through the codec and takes a tick to arrive.
 * Everybody knows every member at once.
 */
final class TestSwarm {
  static final long PRESENCE = 0x7072_6573_656e_6365L;
  static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /** One peer, what it was told, and what it has sent. */
  static final class Member implements PresenceListener {
    final PeerId id;
    final PresenceNode node;
    final List<String> events = new ArrayList<>();
    final Set<PeerId> told = new HashSet<>();
    int bootstraps;
    long sentFrames;

    Member(PeerId id, TestSwarm swarm) {
      this.id = id;
      told.add(id);
      this.node =
          new PresenceNode(
              id, PRESENCE, swarm.config, swarm.random.split(), swarm.effects(this), this, 0);
    }

    @Override
    public void bootstrapped() {
      bootstraps++;
    }

    @Override
    public void online(List<PeerId> joined, List<PeerId> left) {
      told.addAll(joined);
      told.removeAll(left);
    }

    @Override
    public void peerData(byte[] data, PeerId peer) {
      events.add("data " + new String(data, UTF_8) + " " + peer);
    }

    @Override
    public void peerAdd(PeerId peer) {
      events.add("add " + peer);
    }

    @Override
    public void peerRemove(PeerId peer) {
      events.add("remove " + peer);
    }

    @Override
    public void peerAddSeen(PeerId source, PeerId destination) {
      events.add("seen " + source + " " + destination);
    }

    @Override
    public void peerRemoveSeen(PeerId source, PeerId destination) {
      events.add("unseen " + source + " " + destination);
    }

    long drops(PresenceDrop drop) {
      return node.drops().getOrDefault(drop, 0L);
    }
  }

  private static final class Sent {
    final PeerId from;
    final PeerId to;
    final byte[] frame;

    Sent(PeerId from, PeerId to, byte[] frame) {
      this.from = from;
      this.to = to;
      this.frame = frame;
    }
  }

  final PresenceConfig config;
  final SplittableRandom random;
  final Map<PeerId, Member> members = new LinkedHashMap<>();

  /** Ids that are members, and run nothing: tests speak for them. */
  final Set<PeerId> puppets = new HashSet<>();

  /** What puppets were sent, in order. */
  final List<PresenceFrame> heard = new ArrayList<>();

  /** Whether a frame from one to the other arrives. */
  BiPredicate<PeerId, PeerId> passes = (from, to) -> true;

  double loss;
  long nowNs;
  private Deque<Sent> wire = new ArrayDeque<>();

  TestSwarm(long seed) {
    this(seed, PresenceConfig.DEFAULT);
  }

  TestSwarm(long seed, PresenceConfig config) {
    this.random = new SplittableRandom(seed);
    this.config = config;
  }

  static PeerId id(int number) {
    return new PeerId(0x1234_5678L * number, 77L * number, number);
  }

  private PresenceEffects effects(Member member) {
    return new PresenceEffects() {
      @Override
      public void send(PeerId to, PresenceFrame frame) {
        member.sentFrames++;
        byte[] bytes = FrameCodec.encode(frame);
        if (bytes.length != frame.encodedBytes()) {
          throw new AssertionError(frame + ": " + bytes.length + " bytes");
        }
        wire.add(new Sent(member.id, to, bytes));
      }

      @Override
      public byte[] sign(byte[] message) {
        return TestSignatures.sign(member.id, message);
      }

      @Override
      public boolean verify(PeerId signer, byte[] message, byte[] signature) {
        return TestSignatures.verify(signer, message, signature);
      }

      @Override
      public long issuedMs() {
        return 1_000_000 + TimeUnit.NANOSECONDS.toMillis(nowNs);
      }
    };
  }

  /** A member that runs presence, known to all at once. */
  Member join(int number) {
    PeerId id = id(number);
    Member member = new Member(id, this);
    members.values().forEach(other -> other.node.onMember(id, nowNs));
    members.keySet().forEach(other -> member.node.onMember(other, nowNs));
    puppets.forEach(other -> member.node.onMember(other, nowNs));
    members.put(id, member);
    return member;
  }

  List<Member> join(int first, int last) {
    List<Member> joined = new ArrayList<>();
    for (int number = first; number <= last; number++) {
      joined.add(join(number));
    }
    return joined;
  }

  /** A member for which the test speaks. */
  PeerId puppet(int number) {
    PeerId id = id(number);
    puppets.add(id);
    members.values().forEach(member -> member.node.onMember(id, nowNs));
    return id;
  }

  /** It is gone without a word; its membership remains. */
  void crash(Member member) {
    members.remove(member.id);
  }

  /** It is no member any more. */
  void leave(PeerId id) {
    members.remove(id);
    members.values().forEach(member -> member.node.onMemberLeft(id, nowNs));
  }

  /** Something arrives at once. */
  void say(PeerId from, Member to, PresenceFrame frame) {
    to.node.onMessage(from, FrameCodec.encode(frame), nowNs);
  }

  void run(double seconds) {
    long untilNs = nowNs + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    while (nowNs < untilNs) {
      nowNs += TICK_NS;
      Deque<Sent> due = wire;
      wire = new ArrayDeque<>();
      due.forEach(this::arrive);
      List.copyOf(members.values()).forEach(member -> member.node.onTick(nowNs));
    }
  }

  private void arrive(Sent sent) {
    if (!passes.test(sent.from, sent.to) || (loss > 0 && random.nextDouble() < loss)) {
      return;
    }
    Member to = members.get(sent.to);
    if (to != null) {
      to.node.onMessage(sent.from, sent.frame, nowNs);
    } else if (puppets.contains(sent.to)) {
      try {
        FrameCodec.decode(sent.frame).ifPresent(heard::add);
      } catch (MalformedPresenceException e) {
        throw new AssertionError(e);
      }
    }
  }
}
