package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.Provenance;
import org.peerrelay.relay.Counters;

/** A dial after the socket has connected: it ends in one report, whatever happens. */
class OpeningHandlerTest {
  private static final String URL = "ws://they.example:8000";
  private static final long HANDSHAKE_NS = TransportConfig.DEFAULT.handshakeNs();

  private final HandlerBench bench = new HandlerBench();
  private final PeerId peer = PeerId.random(new Random(5));
  private final List<ByteBuf> made = new ArrayList<>();

  /** The node has asked for a link with the peer, and the answer's URL has connected. */
  @BeforeEach
  void dial() {
    bench.channel.freezeTime();
    bench.add(new OpeningHandler(bench.host, bench.channel, new Dial(URL, peer)));
    bench.channel.pipeline().fireChannelActive();
    bench.channel.pipeline().fireUserEventTriggered(new Upgraded(new DefaultHttpHeaders(), true));
    connect();
    bench
        .host
        .inbox()
        .post(
            nowNs ->
                bench
                    .host
                    .node()
                    .onDelivered(
                        new Arrival(peer, 1, peer, 1, Provenance.UNVERIFIED, false),
                        new Message.HandshakeAnswer(URL, false),
                        nowNs));
    bench.goOn();
    assertEquals(List.of("dial " + URL), bench.events);
    bench.events.clear();
  }

  @AfterEach
  void everyBufferIsReleased() {
    bench.close();
    made.forEach(buffer -> assertEquals(0, buffer.refCnt()));
  }

  private void connect() {
    bench.host.inbox().post(nowNs -> bench.host.node().connect(peer, nowNs));
  }

  private void frame(byte[] bytes) {
    ByteBuf frame = EmbeddedFrames.buffer(bench.channel, bytes);
    made.add(frame);
    bench.channel.writeInbound(frame);
  }

  private void text(String text) {
    frame(EmbeddedFrames.text(text, false));
  }

  private void hello(PeerId id) {
    text('"' + id.hex() + '"');
  }

  private void assertCloseFrame(int code) {
    assertEquals(code, EmbeddedFrames.closeCode(bench.channel));
  }

  /** The failure has been told, and whatever comes now is not taken for that of the next offer. */
  private void assertFailedOnce(String failure) {
    bench.goOn();
    assertEquals(List.of("failed " + failure), bench.events);
    connect();
    bench.goOn();
    bench.channel.advanceTimeBy(2 * HANDSHAKE_NS, TimeUnit.NANOSECONDS);
    bench.channel.runScheduledPendingTasks();
    bench.channel.close();
    bench.goOn();
    assertEquals(List.of("failed " + failure), bench.events);
  }

  @Test
  void theRightIdMakesALink() {
    hello(peer);
    bench.goOn();
    assertEquals(List.of("up"), bench.events);
    assertNotNull(bench.channel.pipeline().get(LegacyLinkHandler.class));
    bench.channel.advanceTimeBy(2 * HANDSHAKE_NS, TimeUnit.NANOSECONDS);
    bench.channel.runScheduledPendingTasks();
    assertTrue(bench.channel.isOpen());
  }

  @Test
  void anotherIdIsTheWrongPeer() {
    hello(PeerId.random(new Random(6)));
    assertCloseFrame(4006);
    assertFailedOnce("WRONG_PEER");
  }

  @Test
  void whatIsNoIdIsMalformed() {
    text("{}");
    assertCloseFrame(1007);
    assertFailedOnce("DIAL_FAILED");
  }

  @Test
  void aBinaryFrameThatIsNoHelloIsMalformed() {
    frame(EmbeddedFrames.binary("x", false));
    assertCloseFrame(1007);
    assertFailedOnce("DIAL_FAILED");
  }

  @Test
  void whatComesAfterARefusalIsThrownAway() {
    text("{}");
    assertCloseFrame(1007);
    hello(peer);
    bench.goOn();
    assertEquals(List.of("failed DIAL_FAILED"), bench.events);
  }

  @Test
  void silenceIsTimedOutAndThenTheConnectionIsClosed() {
    bench.channel.advanceTimeBy(HANDSHAKE_NS, TimeUnit.NANOSECONDS);
    bench.channel.runScheduledPendingTasks();
    assertCloseFrame(4004);
    assertTrue(bench.channel.isOpen());
    bench.channel.advanceTimeBy(TransportConfig.DEFAULT.closeNs(), TimeUnit.NANOSECONDS);
    bench.channel.runScheduledPendingTasks();
    assertFalse(bench.channel.isOpen());
    assertFailedOnce("DIAL_FAILED");
  }

  @Test
  void aConnectionThatEndsIsAFailedDial() {
    bench.channel.close();
    assertFailedOnce("DIAL_FAILED");
  }

  @Test
  void aConnectionThatFailsAndThenEndsIsOneFailedDial() {
    bench.channel.pipeline().fireExceptionCaught(new IOException("part of the test"));
    assertCloseFrame(1011);
    bench.channel.close();
    assertFailedOnce("DIAL_FAILED");
  }

  @Test
  void whatComesOfAHandshakeIsCounted() {
    hello(peer);
    assertEquals(1, bench.host.counters().snapshot().linked());
    bench.channel.close();
    assertEquals(0, bench.host.counters().snapshot().abandoned());
  }

  @Test
  void aHandshakeThatThisEndEndsIsCountedByItsReasonAlone() {
    bench.channel.advanceTimeBy(HANDSHAKE_NS, TimeUnit.NANOSECONDS);
    bench.channel.runScheduledPendingTasks();
    bench.channel.close();
    Counters.Snapshot counters = bench.host.counters().snapshot();
    assertEquals(1, counters.unlinked().get(CloseReason.HANDSHAKE_TIMEOUT));
    assertEquals(0, counters.abandoned());
  }

  @Test
  void anEndThatHangsUpBeforeThereIsALinkIsCounted() {
    bench.channel.close();
    assertEquals(1, bench.host.counters().snapshot().abandoned());
  }
}
