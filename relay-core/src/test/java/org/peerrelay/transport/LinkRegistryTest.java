package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.transport.OutboundQueue.Lane;

/** What the registry tells of links that are, and of those that were. */
class LinkRegistryTest {
  private final LinkRegistry registry = new LinkRegistry();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Counters counters = new Counters();

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  private WebSocketLink link(int seed) {
    WebSocketLink link =
        new WebSocketLink(
            PeerId.random(new Random(seed)),
            null,
            LinkFormat.LEGACY,
            List.of(),
            channel,
            TransportConfig.DEFAULT,
            counters);
    registry.add(link);
    return link;
  }

  private void send(WebSocketLink link, String text) {
    link.send(ByteBufUtil.writeUtf8(channel.alloc(), text), Lane.DATAGRAM);
    channel.runPendingTasks();
  }

  @Test
  void aLinkTellsWhatWaitsAndWhatWentOverIt() {
    WebSocketLink link = link(1);
    send(link, "waits");
    assertEquals(5, registry.open().get(0).queueBytes());
    link.open();
    link.counts().countReceived(7);
    LinkStatus status = registry.open().get(0);
    assertEquals(0, status.queueBytes());
    assertEquals(new Traffic(1, 7, 1, 5), status.traffic());
    assertEquals(link.peer(), status.peer());
    assertNull(status.lastDrop());
  }

  @Test
  void aDropIsCountedForTheLinkAndForTheNode() {
    WebSocketLink link = link(1);
    link.countDropped(DropReason.NO_ROUTE);
    link.countDropped(DropReason.LOOP);
    LinkStatus status = registry.open().get(0);
    assertEquals(2, status.dropped());
    assertEquals(DropReason.LOOP, status.lastDrop());
    assertEquals(2, counters.snapshot().droppedInAll());
  }

  @Test
  void aLinkThatHasEndedIsRememberedWithItsReasonAndItsTrafficStillCounts() {
    WebSocketLink first = link(1);
    first.counts().countReceived(10);
    first.beginClose(CloseReason.SURPLUS);
    registry.remove(first, 0);
    WebSocketLink second = link(2);
    second.counts().countReceived(5);
    registry.remove(second, 1001);
    assertEquals(List.of(), registry.open());
    List<ClosedLink> closed = registry.closed();
    assertEquals(CloseReason.SURPLUS, closed.get(0).ours());
    assertEquals(first.peer(), closed.get(0).last().peer());
    assertNull(closed.get(1).ours());
    assertEquals(1001, closed.get(1).theirCode());
    assertEquals(new Traffic(2, 15, 0, 0), registry.traffic());
  }

  @Test
  void aLinkThatNeverWasIsNotRemembered() {
    WebSocketLink link = link(1);
    registry.remove(link, 0);
    registry.remove(link, 0);
    assertEquals(1, registry.closed().size());
  }

  @Test
  void ofEndedLinksOnlyTheLastAreRemembered() {
    WebSocketLink oldest = link(0);
    registry.remove(oldest, 0);
    WebSocketLink last = oldest;
    for (int i = 1; i <= LinkRegistry.MAX_CLOSED; i++) {
      last = link(i);
      registry.remove(last, 0);
    }
    List<ClosedLink> closed = registry.closed();
    assertEquals(LinkRegistry.MAX_CLOSED, closed.size());
    assertEquals(last.peer(), closed.get(closed.size() - 1).last().peer());
    assertEquals(PeerId.random(new Random(1)), closed.get(0).last().peer());
  }
}
