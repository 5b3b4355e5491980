package org.peerrelay.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.message.MessageKind.PING;
import static org.peerrelay.message.MessageKind.USER;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;
import org.peerrelay.node.NodeBench.Lost;
import org.peerrelay.node.NodeBench.QuietLink;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.overlay.OverlayConfig;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.RouterConfig;
import org.peerrelay.relay.Verdict;

class RelayNodeTest {
  private static final NodeConfig CONFIG =
      new NodeConfig(RouterConfig.LEAF, OverlayConfig.LEAF, 1_000, 30_000_000_000L);

  private final NodeBench bench = new NodeBench(CONFIG);
  private final RelayNode node = bench.node;
  private final PeerId to = bench.stranger();

  private static Payload payload(int number) {
    return Payload.json(Integer.toString(number));
  }

  private QuietLink link() {
    QuietLink link = new QuietLink(bench.stranger());
    assertTrue(node.onLinkUp(link, 0));
    return link;
  }

  @Test
  void messagesBeforeTheFirstLinkGoOutOverItInOrder() {
    for (int i = 0; i < 3; i++) {
      node.sendOrWait(to, payload(i), 0);
    }
    node.settle(1);
    assertEquals(List.of(), bench.sentPayloads());
    QuietLink link = link();
    node.settle(2);
    assertEquals(List.of(payload(0), payload(1), payload(2)), bench.sentPayloads());
    bench.sent.forEach(one -> assertEquals(new Verdict.Forward(link, null, null), one.to()));
    node.settle(3);
    assertEquals(3, bench.sentPayloads().size());
    assertEquals(List.of(), bench.lost);
  }

  @Test
  void whatTheListenerOfTheFirstLinkSendsIsNotLost() {
    bench.onPeer = () -> node.sendOrWait(to, payload(1), 0);
    link();
    node.settle(0);
    assertEquals(List.of(payload(1)), bench.sentPayloads());
    assertEquals(List.of(), bench.lost);
  }

  @Test
  void messagesAfterTheLastLinkWaitForTheNext() {
    QuietLink first = link();
    node.settle(0);
    node.onLinkDown(first, 0);
    node.sendOrWait(to, payload(1), 0);
    node.settle(0);
    assertEquals(List.of(), bench.sentPayloads());
    link();
    node.settle(0);
    assertEquals(List.of(payload(1)), bench.sentPayloads());
  }

  @Test
  void aMessageThatWaitedTooLongIsUndeliverable() {
    node.sendOrWait(to, payload(1), 0);
    node.onTick(CONFIG.waitingNs() - 1);
    assertEquals(List.of(), bench.lost);
    node.onTick(CONFIG.waitingNs());
    assertEquals(List.of(new Lost(to, DropReason.NO_LINK)), bench.lost);
    link();
    node.settle(0);
    assertEquals(List.of(), bench.sentPayloads());
    assertEquals(1, node.counters().snapshot().dropped().get(DropReason.NO_LINK));
  }

  @Test
  void aMessageForWhichThereIsNoRoomToWaitIsUndeliverable() {
    Payload large = Payload.bytes(new byte[CONFIG.waitingBytes()]);
    node.sendOrWait(to, large, 0);
    assertEquals(List.of(new Lost(to, DropReason.NO_LINK)), bench.lost);
  }

  @Test
  void aMessageWithoutAnyLinkInTheTableIsUndeliverableWhenItMayNotWait() {
    node.send(to, payload(1), 0);
    assertEquals(List.of(new Lost(to, DropReason.NO_ROUTE)), bench.lost);
  }

  @Test
  void messagesThatWaitWhenTheNodeClosesAreUndeliverable() {
    node.sendOrWait(to, payload(1), 0);
    node.onClose(0);
    assertEquals(List.of(new Lost(to, DropReason.CLOSED)), bench.lost);
    node.sendOrWait(to, payload(2), 0);
    assertEquals(2, bench.lost.size());
    assertEquals(new Lost(to, DropReason.CLOSED), bench.lost.get(1));
    assertEquals(2, node.counters().snapshot().dropped().get(DropReason.CLOSED));
  }

  @Test
  void closingClosesLinksAndEndsConnecting() {
    QuietLink link = link();
    node.connect(to, 0);
    node.onClose(0);
    node.connect(bench.stranger(), 0);
    assertEquals(List.of(CloseReason.GOING_AWAY), bench.closed);
    assertEquals(List.of(ConnectFailure.CLOSED, ConnectFailure.CLOSED), bench.failures);
    node.onLinkDown(link, 0);
    assertEquals(List.of(link.peer()), bench.peersLost);
  }

  @Test
  void usersMessagesGoToTheApplicationAndOthersDoNot() {
    PeerId from = bench.stranger();
    node.onDelivered(NodeBench.arrival(from), new Message.User(payload(1)), 0);
    node.onDelivered(NodeBench.arrival(from), new Message.FindPeers(from), 0);
    node.onDelivered(NodeBench.arrival(from), new Message.Signal("{}"), 0);
    assertEquals(List.of(payload(1)), bench.messages);
    assertEquals(3, node.counters().snapshot().delivered());
  }

  @Test
  void aNeighbourThatAsksForPeersIsAnswered() {
    QuietLink link = link();
    bench.sent.clear();
    node.onDelivered(NodeBench.arrival(link.peer()), new Message.FindPeers(link.peer()), 0);
    assertEquals(1, bench.sent.size());
    assertEquals(new Message.FoundPeers(List.of()), bench.sent.get(0).message());
    assertEquals(link.peer(), bench.sent.get(0).header().to());
  }

  @Test
  void datagramsOfOurOwnBearOurIdAndNoncesInRangeThatDiffer() {
    link();
    node.settle(0);
    bench.sent.clear();
    for (int i = 0; i < 1_000; i++) {
      node.send(to, payload(i), 0);
    }
    List<Header> headers = bench.sent.stream().map(NodeBench.Sent::header).toList();
    assertEquals(1_000, headers.stream().map(Header::nonce).distinct().count());
    for (Header header : headers) {
      assertEquals(bench.self, header.from());
      assertEquals(to, header.to());
      assertTrue(header.nonce() >= 0 && header.nonce() <= Header.MAX_NONCE);
      assertEquals(List.of(), header.path());
    }
    assertEquals(1_001, node.counters().snapshot().originated(), "with the question for peers");
  }

  @Test
  void bootstrapUrlsAreDialedAtTheNextTick() {
    node.bootstrap("ws://one.example", 0);
    node.bootstrap("ws://two.example", 0);
    node.onTick(1);
    assertEquals(List.of("ws://one.example", "ws://two.example"), bench.dialed);
  }

  @Test
  void theAnswerToAnAttemptGoesTheSameWayAndAgainWhenItIsRepeated() {
    QuietLink relay = new QuietLink(bench.stranger(), LinkFormat.BINARY);
    relay.sawRelaying();
    assertTrue(node.onLinkUp(relay, 0));
    node.settle(0);
    bench.sent.clear();
    PeerId author = bench.stranger();
    Arrival asked = new Arrival(author, 7, author, 3, Provenance.CLAIMED, true, 2);
    node.onDelivered(asked, new Message.User(payload(1)), 0);
    assertEquals(List.of(payload(1)), bench.messages);
    assertAnswered(author, 7, 2);
    node.onRepeated(new Arrival(author, 7, author, 3, Provenance.CLAIMED, true, 3), USER, 0);
    assertAnswered(author, 7, 3);
    node.onRepeated(new Arrival(author, 8, author, 3, Provenance.CLAIMED, false, 1), PING, 0);
    assertAnswered(author, 8, 1);
    node.onRepeated(new Arrival(author, 9, author, 3, Provenance.CLAIMED, false, 1), USER, 0);
    assertEquals(List.of(), bench.sent, "did not ask");
    assertEquals(List.of(payload(1)), bench.messages);
    assertEquals(3, node.counters().snapshot().dropped().get(DropReason.DUPLICATE));
  }

  private void assertAnswered(PeerId author, long nonce, int attempt) {
    assertEquals(1, bench.sent.size());
    NodeBench.Sent answer = bench.sent.remove(0);
    assertEquals(new Message.Pong(nonce), answer.message());
    assertEquals(author, answer.header().to());
    assertEquals(attempt, answer.header().attempt());
  }

  @Test
  void theAttemptsOfAMessageHaveOneNonce() {
    link();
    node.settle(0);
    bench.sent.clear();
    for (int attempt = 0; attempt < 3; attempt++) {
      node.probe(to, new Message.User(payload(1)), 7, attempt, 0);
      Header header = bench.sent.get(attempt).header();
      assertEquals(new Header(to, bench.self, 7, USER, List.of(), attempt), header);
    }
  }
}
