package org.peerrelay.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.node.NodeBench.QuietLink;
import org.peerrelay.node.NodeBench.Sent;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.NamedCounts;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.swarm.SwarmListener;

/** How a leaf's swarms hang on its links. */
class NodeSwarmsTest {
  private static final SwarmKey KEY = SwarmKey.of("a drive");
  private static final Payload HELLO = Payload.bytes(new byte[] {1});

  private final NodeBench bench = new NodeBench(NodeConfig.LEAF);
  private final RelayNode node = bench.node;

  private final SwarmListener listener =
      new SwarmListener() {
        @Override
        public void onData(PeerId from, long channel, Payload payload, long nowNs) {
          bench.messages.add(payload);
        }
      };

  @BeforeEach
  void join() {
    node.swarms().join(KEY, new NamedCounts<>(SwarmDrop.class), listener, 0);
  }

  private QuietLink link(LinkFormat format, boolean relays) {
    QuietLink link = new QuietLink(bench.stranger(), format);
    if (relays) {
      link.sawRelaying();
    }
    assertTrue(node.onLinkUp(link, 0));
    return link;
  }

  /** A member that the home tells of. */
  private PeerId member(PeerId home) {
    PeerId member = bench.stranger();
    Membership word =
        FakeMemberships.sign(member, KEY.swarm(), 1, 180, false, KEY.memberTag(member));
    long token = ((Message.SwarmSync) swarmsOwn().get(1).message()).token();
    SwarmRecord record = new SwarmRecord(word, home, 0, false);
    node.onDelivered(
        NodeBench.arrival(home),
        new Message.SwarmNews(KEY.swarm(), token, null, List.of(record)),
        0);
    return member;
  }

  private List<Sent> swarmsOwn() {
    return bench.sent.stream()
        .filter(
            one ->
                one.message() instanceof Message.SwarmPublish
                    || one.message() instanceof Message.SwarmSync)
        .toList();
  }

  @Test
  void onlyARelayOfProtocol2IsAHome() {
    link(LinkFormat.LEGACY, true);
    link(LinkFormat.BINARY, false);
    assertEquals(List.of(), swarmsOwn());
    QuietLink relay = link(LinkFormat.BINARY, true);
    assertEquals(2, swarmsOwn().size());
    swarmsOwn().forEach(one -> assertEquals(relay.peer(), one.header().to()));
    swarmsOwn().forEach(one -> assertEquals(relay, one.to().first()));
  }

  @Test
  void ifTheHomesLinkIsLostTheNextIsTold() {
    QuietLink first = link(LinkFormat.BINARY, true);
    QuietLink second = link(LinkFormat.BINARY, true);
    node.onLinkDown(first, 0);
    assertEquals(4, swarmsOwn().size());
    assertEquals(second.peer(), swarmsOwn().get(3).header().to());
  }

  @Test
  void whatIsForASwarmIsTakenForAsLongAsItIsJoined() {
    assertEquals(List.of(KEY.swarm()), List.copyOf(node.router().swarms()));
    node.swarms().leave(KEY.swarm(), 0);
    assertTrue(node.router().swarms().isEmpty());
  }

  @Test
  void newsAndDataReachTheMember() {
    PeerId home = link(LinkFormat.BINARY, true).peer();
    PeerId alice = member(home);
    Arrival arrival = new Arrival(alice, 5, home, 2, Provenance.CLAIMED, false);
    node.onDelivered(
        arrival,
        new Message.SwarmData(
            true, KEY.swarm(), 7, KEY.dataTag(alice, KEY.swarm(), 5, 7, HELLO.toBytes()), HELLO),
        0);
    assertEquals(List.of(HELLO), bench.messages);
    node.swarms().send(KEY.swarm(), alice, 7, HELLO, 0);
    node.swarms().sendToAll(KEY.swarm(), 7, HELLO, 0);
    int count = bench.sent.size();
    Sent one = bench.sent.get(count - 2);
    assertEquals(alice, one.header().to());
    assertEquals(MessageKind.SWARM_DATA, one.header().kind());
    Sent all = bench.sent.get(count - 1);
    assertEquals(KEY.swarm(), all.header().to());
    assertEquals(MessageKind.SWARM_CAST, all.header().kind());
    Message.SwarmData cast = (Message.SwarmData) all.message();
    long nonce = all.header().nonce();
    assertEquals(KEY.dataTag(bench.self, KEY.swarm(), nonce, 7, HELLO.toBytes()), cast.tag());
  }

  /** It has not sent it as a message of its own. */
  @Test
  void theApplicationIsNotToldOfDataThatWentNoFurther() {
    PeerId home = link(LinkFormat.BINARY, true).peer();
    PeerId alice = member(home);
    node.swarms().send(KEY.swarm(), alice, 7, HELLO, 0);
    node.send(alice, HELLO, 0);
    int count = bench.sent.size();
    for (Sent sent : bench.sent.subList(count - 2, count)) {
      long nonce = sent.header().nonce();
      Message notice = new Message.Notice(NoticeCode.NO_SUCH_PEER, alice, nonce, null);
      node.onDelivered(NodeBench.arrival(home), notice, 0);
    }
    assertEquals(List.of(new NodeBench.Lost(alice, DropReason.NO_ROUTE)), bench.lost);
  }

  /** A holder tells the homes, and does not know that this one has its own cast already. */
  @Test
  void whatARelayHasSentToAllIsACopyWhenItComesBack() {
    NodeBench relays = new NodeBench(NodeConfig.RELAY);
    relays.node.swarms().join(KEY, new NamedCounts<>(SwarmDrop.class), listener, 0);
    QuietLink nearer =
        new QuietLink(KEY.swarm().differingAt(80, bench.stranger()), LinkFormat.BINARY);
    nearer.sawInside("ws://192.0.2.1:1");
    assertTrue(relays.node.onLinkUp(nearer, 0));
    relays.node.router().admit(nearer);
    relays.node.settle(0);
    relays.sent.clear();
    relays.node.swarms().sendToAll(KEY.swarm(), 7, HELLO, 0);
    relays.node.settle(0);
    Sent cast = relays.sent.get(0);
    assertEquals(MessageKind.SWARM_CAST, cast.header().kind());
    assertEquals(nearer, cast.to().first());
    assertTrue(relays.node.router().hasSent(cast.header().nonce(), 0));
  }

  @Test
  void aNodeThatIsClosedLeavesBeforeItsLinksClose() {
    link(LinkFormat.BINARY, true);
    node.onClose(0);
    List<Sent> own = swarmsOwn();
    Message.SwarmPublish last = (Message.SwarmPublish) own.get(own.size() - 1).message();
    assertTrue(last.records().get(0).membership().leaving());
    assertEquals(1, bench.closed.size());
  }
}
