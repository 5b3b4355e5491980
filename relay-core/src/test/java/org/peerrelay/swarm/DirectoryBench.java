package org.peerrelay.swarm;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Refusal;
import org.peerrelay.relay.Router;
import org.peerrelay.relay.RouterConfig;
import org.peerrelay.wire.binary.MembershipCodec;

/** A relay's directory with neighbours that are not there, and what it has sent them. */
final class DirectoryBench implements SwarmEffects {
  static final SwarmKey KEY = SwarmKey.of("a drive");
  static final PeerId SWARM = KEY.swarm();
  static final int LIFETIME_S = 180;

  /** What was sent to one neighbour, or by way of it. */
  record Sent(PeerId to, Message message) {}

  private static final class StubLink extends Link {
    StubLink(PeerId peer) {
      super(peer, null, LinkFormat.BINARY);
    }

    @Override
    public long lastHeardNs() {
      return 0;
    }
  }

  final PeerId self = PeerId.ofHex("00".repeat(20));
  final List<Sent> sent = new ArrayList<>();
  private final Map<PeerId, Long> asked = new HashMap<>();
  final SwarmDirectory directory;
  long nowNs = -7;
  private final Random random = new Random(7);
  private final Router router = new Router(self, RouterConfig.RELAY, random);
  private long issued = 1;

  DirectoryBench() {
    this(DirectoryConfig.DEFAULT);
  }

  DirectoryBench(DirectoryConfig config) {
    directory = new SwarmDirectory(self, config, router, random, this);
  }

  static Identity identity() {
    return Identity.generate(new SecureRandom());
  }

  /** Links with a leaf. */
  Link attach(PeerId leaf) {
    Link link = new StubLink(leaf);
    router.attach(link);
    return link;
  }

  /** Links with a relay that has its place in the table. */
  Link attachRelay(PeerId relay) {
    Link link = new StubLink(relay);
    link.sawInside("ws://192.0.2.1:1");
    router.attach(link);
    router.admit(link);
    directory.onAdmitted(link, nowNs);
    return link;
  }

  void detach(Link link) {
    router.detach(link);
    router.refresh();
    directory.onUnlinked(link.peer(), link.relays(), nowNs);
    directory.flush(nowNs);
  }

  /** An id that is nearer to the swarm's than this relay's, or further off. */
  PeerId relayId(boolean nearer) {
    return SWARM.differingAt(nearer ? 80 : 0, PeerId.random(random));
  }

  Membership membership(Identity member, boolean leaving) {
    return MembershipCodec.sign(
        member, SWARM, issued++, LIFETIME_S, leaving, KEY.memberTag(member.id()));
  }

  void say(PeerId from, Membership membership) {
    tell(from, false, new SwarmRecord(membership, null, 0, false));
  }

  void tell(PeerId from, boolean copy, SwarmRecord record) {
    directory.onPublish(from, new Message.SwarmPublish(copy, List.of(record)), nowNs);
    directory.flush(nowNs);
  }

  /** A leaf is linked, a member, and has asked. */
  Identity member() {
    Identity member = identity();
    attach(member.id());
    say(member.id(), membership(member, false));
    sync(member.id(), member.id(), 5);
    sent.clear();
    return member;
  }

  void sync(PeerId from, PeerId asker, long token) {
    directory.onSync(from, new Message.SwarmSync(SWARM, asker, token, new SwarmDigest()), nowNs);
  }

  void cast(PeerId author, PeerId over, int bytes) {
    Arrival arrival = new Arrival(author, 1, over, 1, Provenance.VERIFIED, false);
    directory.onCast(arrival, data(bytes), nowNs);
  }

  Message.SwarmData data(int bytes) {
    return new Message.SwarmData(true, SWARM, 3, new Tag(1, 2), Payload.bytes(new byte[bytes]));
  }

  void pass(long seconds) {
    for (int i = 0; i < seconds * 10; i++) {
      nowNs += TimeUnit.MILLISECONDS.toNanos(100);
      directory.onTick(nowNs);
      directory.flush(nowNs);
    }
  }

  /** The records of the news that {@code to} has been sent. */
  List<SwarmRecord> news(PeerId to) {
    return sent.stream()
        .filter(one -> one.to.equals(to) && one.message instanceof Message.SwarmNews)
        .flatMap(one -> ((Message.SwarmNews) one.message).records().stream())
        .toList();
  }

  /** The records that {@code to} has been sent to keep or pass on. */
  List<SwarmRecord> published(PeerId to) {
    return sent.stream()
        .filter(one -> one.to.equals(to) && one.message instanceof Message.SwarmPublish)
        .flatMap(one -> ((Message.SwarmPublish) one.message).records().stream())
        .toList();
  }

  /** By which news of {@code holder} are believed: it has been asked. */
  long tokenFor(PeerId holder) {
    return asked.getOrDefault(holder, 0L);
  }

  long refused(Refusal refusal) {
    return router.counters().snapshot().refused().getOrDefault(refusal, 0L);
  }

  @Nullable Link link(PeerId peer) {
    return router.link(peer);
  }

  @Override
  public void send(PeerId to, Message message) {
    if (message instanceof Message.SwarmSync sync) {
      asked.put(to, sync.token());
    }
    sent.add(new Sent(to, message));
  }

  @Override
  public void send(PeerId to, Message.SwarmData data, long nonce) {
    throw new AssertionError("a relay sends none of its own");
  }

  @Override
  public long nonce() {
    return random.nextLong(1_000);
  }

  @Override
  public void pass(Arrival arrival, Message.SwarmData data, Link to) {
    sent.add(new Sent(to.peer(), data));
  }

  @Override
  public void fanOut(Arrival arrival, Message.SwarmData data, PeerId home) {
    sent.add(new Sent(home, new Message.SwarmFanOut(data)));
  }

  @Override
  public Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving) {
    throw new AssertionError("a relay is no member here");
  }

  @Override
  public boolean holds(Membership membership) {
    return MembershipCodec.holds(membership);
  }
}
