package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.binary.DatagramLayout;

/** How many pointers a relay takes from a neighbour. */
class PointerLimitTest {
  private static final int COUNT = 1_000;
  private static final String URL = "ws://relay.example:8000";

  private final HandlerBench bench = new HandlerBench();
  private final Random random = new Random(4);
  private final PeerId peer = PeerId.random(random);

  @AfterEach
  void end() {
    bench.close();
  }

  private WebSocketLink link(@Nullable String dialedUrl) {
    return new WebSocketLink(
        peer,
        dialedUrl,
        LinkFormat.BINARY,
        List.of(),
        bench.channel,
        bench.host.config(),
        bench.host.counters());
  }

  private void linked(WebSocketLink link) {
    bench.add(new BinaryLinkHandler(bench.host, link));
    bench.goOn();
  }

  /** The neighbour passes on pointers of others; how many of them are refused. */
  private long refused(boolean masked) {
    for (int i = 0; i < COUNT; i++) {
      Pointer pointer = new Pointer(PeerId.random(random), List.of(peer), 1, 60, null);
      Message message = new Message.Publish(pointer, false, 0);
      Header header = new Header(bench.self, peer, i, message.kind(), List.of());
      ByteBuf content =
          DatagramLayout.frame(
              bench.channel.alloc(), header, 0, DatagramLayout.MAX_HOPS, null, message);
      byte[] frame =
          RawClient.encode(0x80 | RawClient.BINARY, ByteBufUtil.getBytes(content), masked);
      content.release();
      bench.channel.writeInbound(EmbeddedFrames.buffer(bench.channel, frame));
    }
    return bench.dropped(DropReason.RATE_LIMITED);
  }

  @Test
  void whoHasItsPlaceInTheTableMayHandOverAll() {
    WebSocketLink link = link(URL);
    link.sawInside(URL);
    linked(link);
    assertTrue(link.inTable());
    assertEquals(0, refused(false));
  }

  @Test
  void whoOnlySaysThatItCanBeDialedIsLimited() {
    WebSocketLink link = link(null);
    link.sawInside(URL);
    linked(link);
    assertTrue(link.inside());
    // A hundred at once, and one more every 10 ms.
    assertTrue(refused(true) > COUNT / 2);
  }

  @Test
  void aLeafIsLimited() {
    linked(link(null));
    assertTrue(refused(true) > COUNT / 2);
  }
}
