package org.peerrelay.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class MessageTest {
  private static final PeerId ALICE = new PeerId(1, 1, 1);
  private static final PeerId BOB = new PeerId(2, 2, 2);

  private static Message.SwarmData data(boolean toAll) {
    return new Message.SwarmData(toAll, BOB, 1, new Tag(1, 2), Payload.bytes(new byte[1]));
  }

  @Test
  void everyMessageHasAKindOfItsOwn() {
    Pointer pointer = new Pointer(ALICE, List.of(BOB), 1, 60, null);
    Map<Message, MessageKind> kinds =
        Map.ofEntries(
            Map.entry(new Message.User(Payload.undefined()), MessageKind.USER),
            Map.entry(new Message.FindPeers(ALICE), MessageKind.FIND_PEERS),
            Map.entry(new Message.FoundPeers(List.of()), MessageKind.FOUND_PEERS),
            Map.entry(new Message.HandshakeOffer(), MessageKind.HANDSHAKE_OFFER),
            Map.entry(new Message.HandshakeAnswer(null, false), MessageKind.HANDSHAKE_ANSWER),
            Map.entry(new Message.Signal("{}"), MessageKind.SIGNAL),
            Map.entry(
                new Message.Notice(NoticeCode.NO_SUCH_PEER, ALICE, 1, null), MessageKind.NOTICE),
            Map.entry(new Message.Publish(pointer, false, 0), MessageKind.POINTER),
            Map.entry(new Message.Locate(ALICE, BOB), MessageKind.LOCATE),
            Map.entry(new Message.Located(pointer), MessageKind.LOCATED),
            Map.entry(new Message.Ping(), MessageKind.PING),
            Map.entry(new Message.Pong(1), MessageKind.PONG),
            Map.entry(new Message.Trace(), MessageKind.TRACE),
            Map.entry(new Message.TraceHop(1, 20, HopVerdict.ARRIVED, null), MessageKind.TRACE_HOP),
            Map.entry(new Message.SwarmPublish(false, List.of()), MessageKind.SWARM_PUBLISH),
            Map.entry(new Message.SwarmNews(BOB, 1, null, List.of()), MessageKind.SWARM_NEWS),
            Map.entry(
                new Message.SwarmSync(BOB, ALICE, 1, new SwarmDigest()), MessageKind.SWARM_SYNC),
            Map.entry(data(true), MessageKind.SWARM_CAST),
            Map.entry(data(false), MessageKind.SWARM_DATA),
            Map.entry(new Message.SwarmFanOut(data(true)), MessageKind.SWARM_FAN_OUT));

    kinds.forEach((message, kind) -> assertEquals(kind, message.kind()));
    assertEquals(MessageKind.values().length - 1, kinds.size(), "OTHER has no message");
  }

  @Test
  void changingTheListOfFoundPeersAfterwardsChangesNothing() {
    List<PeerId> ids = new ArrayList<>(List.of(ALICE));
    Message.FoundPeers found = new Message.FoundPeers(ids);
    ids.add(BOB);

    assertEquals(List.of(ALICE), found.ids());
  }

  @Test
  void aDatagramWithItsAuthorAloneOnThePathComesStraightFromHim() {
    assertTrue(header(List.of(ALICE)).fromAuthor());
    assertFalse(header(List.of(ALICE, BOB)).fromAuthor());
    assertFalse(header(List.of()).fromAuthor());
  }

  private static Header header(List<PeerId> path) {
    return new Header(BOB, ALICE, 0, MessageKind.USER, path);
  }
}
