package org.peerrelay.swarm;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.NamedCounts;
import org.peerrelay.wire.binary.MembershipCodec;

/** A node that has joined one swarm, with relays that are not there, and what it has sent them. */
final class MemberBench implements SwarmEffects, SwarmListener {
  static final SwarmKey KEY = SwarmKey.of("a drive");
  static final PeerId SWARM = KEY.swarm();
  static final long CHANNEL = KEY.topic("chat");

  /** Smaller bounds than in earnest. */
  static final MemberConfig CONFIG =
      new MemberConfig(
          180,
          TimeUnit.SECONDS.toNanos(60),
          TimeUnit.SECONDS.toNanos(10),
          0.1,
          2,
          TimeUnit.SECONDS.toNanos(180),
          2,
          2,
          5,
          3,
          TimeUnit.SECONDS.toNanos(2),
          4,
          1_000,
          3,
          700,
          100);

  /** What was sent; a nonce if its tag was made with it. */
  record Sent(PeerId to, Message message, long nonce) {}

  /** What was given to the application. */
  record Data(PeerId from, long channel, Payload payload) {}

  final Identity identity = identity();
  final PeerId self = identity.id();
  final Random random = new Random(7);
  final NamedCounts<SwarmDrop> counters = new NamedCounts<>(SwarmDrop.class);
  final List<Sent> sent = new ArrayList<>();
  final List<PeerId> joins = new ArrayList<>();
  final List<PeerId> leaves = new ArrayList<>();
  final List<Data> data = new ArrayList<>();
  final JoinedSwarms swarms;
  int joined;
  int left;
  long nowNs = -7;
  private long issued = 100;
  private long nonce = 1;

  private MemberBench(boolean isRelay) {
    swarms = new JoinedSwarms(self, isRelay, CONFIG, random, this);
  }

  /** A node without links. */
  static MemberBench leaf() {
    return new MemberBench(false);
  }

  /** A relay. */
  static MemberBench relay() {
    return new MemberBench(true);
  }

  /** A leaf that has joined, whose home has answered. */
  static MemberBench joined() {
    MemberBench bench = leaf();
    bench.link();
    bench.join();
    bench.tell(null);
    return bench;
  }

  static Identity identity() {
    return Identity.generate(new SecureRandom());
  }

  void join() {
    swarms.join(KEY, counters, this, nowNs);
  }

  /** A relay is linked. */
  PeerId link() {
    PeerId relay = PeerId.random(random);
    swarms.onLinked(relay, nowNs);
    return relay;
  }

  void unlink(PeerId relay) {
    swarms.onUnlinked(relay, nowNs);
  }

  /** Ticks for that long. */
  void pass(double seconds) {
    for (int i = 0; i < seconds * 10; i++) {
      nowNs += TimeUnit.MILLISECONDS.toNanos(100);
      swarms.onTick(nowNs);
    }
  }

  /** All messages of one kind that were sent. */
  <M extends Message> List<M> all(Class<M> kind) {
    return sent.stream().map(Sent::message).filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Where the last question went: the present home. */
  PeerId home() {
    return lastQuestion().to;
  }

  /** That of the last question. */
  long token() {
    return ((Message.SwarmSync) lastQuestion().message).token();
  }

  private Sent lastQuestion() {
    for (int i = sent.size() - 1; i >= 0; i--) {
      if (sent.get(i).message instanceof Message.SwarmSync) {
        return sent.get(i);
      }
    }
    throw new AssertionError("no question was sent");
  }

  /** The word of {@code member}, issued after all before. */
  Membership word(Identity member, boolean leaving) {
    return word(member, issued++, leaving);
  }

  static Membership word(Identity member, long issued, boolean leaving) {
    return MembershipCodec.sign(member, SWARM, issued, 180, leaving, KEY.memberTag(member.id()));
  }

  SwarmRecord record(Membership word, boolean gone) {
    return new SwarmRecord(word, PeerId.random(random), 0, gone);
  }

  /** The home tells something. */
  void tell(@Nullable IdRange complete, SwarmRecord... records) {
    tell(arrival(home()), token(), complete, records);
  }

  void tell(Arrival arrival, long token, @Nullable IdRange complete, SwarmRecord... records) {
    swarms.onNews(arrival, new Message.SwarmNews(SWARM, token, complete, List.of(records)), nowNs);
  }

  /** A member that the home has told of. */
  Identity member() {
    Identity member = identity();
    tell(null, record(word(member, false), false));
    return member;
  }

  /** All ids that begin with the same four bits as {@code id}, as in the answer to a question. */
  static IdRange around(PeerId id) {
    long first = id.high() & (0xFL << 60);
    return new IdRange(new PeerId(first, 0, 0), new PeerId(first | (-1L >>> 4), -1, -1));
  }

  /** What came from {@code from} straight. */
  Arrival arrival(PeerId from) {
    return new Arrival(from, nonce++, from, 1, Provenance.VERIFIED, false);
  }

  /** {@code from} sends to this member, or to all. */
  void receive(PeerId from, boolean toAll, Payload payload) {
    Arrival arrival = arrival(from);
    PeerId to = toAll ? SWARM : self;
    Tag tag = KEY.dataTag(from, to, arrival.nonce(), CHANNEL, payload.toBytes());
    receive(arrival, tag, toAll, payload);
  }

  void receive(Arrival arrival, Tag tag, boolean toAll, Payload payload) {
    swarms.onData(arrival, new Message.SwarmData(toAll, SWARM, CHANNEL, tag, payload), nowNs);
  }

  long dropped(SwarmDrop drop) {
    return counters.snapshot().getOrDefault(drop, 0L);
  }

  /** What has been ignored, all together. */
  long droppedInAll() {
    return counters.snapshot().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void send(PeerId to, Message message) {
    sent.add(new Sent(to, message, 0));
  }

  @Override
  public void send(PeerId to, Message.SwarmData data, long nonce) {
    sent.add(new Sent(to, data, nonce));
  }

  @Override
  public long nonce() {
    return random.nextLong(1_000);
  }

  @Override
  public void pass(Arrival arrival, Message.SwarmData data, Link to) {
    throw new AssertionError("a member passes nothing on");
  }

  @Override
  public void fanOut(Arrival arrival, Message.SwarmData data, PeerId home) {
    throw new AssertionError("a member passes nothing on");
  }

  @Override
  public Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving) {
    return MembershipCodec.sign(identity, swarm, issued++, lifetimeS, leaving, tag);
  }

  @Override
  public boolean holds(Membership membership) {
    return MembershipCodec.holds(membership);
  }

  @Override
  public void onJoined() {
    joined++;
  }

  @Override
  public void onJoin(Membership membership, long nowNs) {
    joins.add(membership.peer());
  }

  @Override
  public void onLeave(PeerId peer, long nowNs) {
    leaves.add(peer);
  }

  @Override
  public void onData(PeerId from, long channel, Payload payload, long nowNs) {
    data.add(new Data(from, channel, payload));
  }

  @Override
  public void onLeft() {
    left++;
  }
}
