package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.DialPolicy;

/** The dialer's end of a connection, and what a server does to it. */
class DialedConnectionTest {
  private static final String URL = "ws://they.example:8000";

  private final HandlerBench bench = new HandlerBench();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
  private final ChannelClient server = dialed();

  private ChannelClient dialed() {
    WebSocketDialer dialer =
        new WebSocketDialer(
            bench.host, DialPolicy.of(null, true), new DialTokens(List.of()), ClientTls.ofJava());
    return new ChannelClient(
        channel -> dialer.fill(channel.pipeline(), new Dial(URL, null), URI.create(URL), null),
        allocator);
  }

  @AfterEach
  void everyBufferIsReleased() {
    server.close();
    bench.close();
    assertEquals(0, allocator.metric().usedHeapMemory());
  }

  /** The answer that agrees, without the empty line at its end. */
  private String openAgreement() throws Exception {
    server.hear();
    PeerId peer = PeerId.random(new Random(5));
    byte[] agreement =
        new HostileScript(new Random(0), false, peer, List.of()).agreement(server.text());
    return new String(agreement, 0, agreement.length - 2, StandardCharsets.US_ASCII);
  }

  private void answer(String text) throws Exception {
    server.write(text.getBytes(StandardCharsets.US_ASCII));
    server.hear();
  }

  @Test
  void anAnswerThatAgreesMakesAWebSocket() throws Exception {
    answer(openAgreement() + "\r\n");
    server.write(RawClient.encode(0x80 | RawClient.PING, new byte[0], false));
    server.hear();
    assertEquals(1, server.takeFrames().size());
  }

  /** Netty hands over what it could read, and would complete the handshake on a dead pipeline. */
  @Test
  void anAnswerThatIsCutOffIsNone() throws Exception {
    answer(openAgreement() + "X: y\r\n");
    server.close();
    server.hear();
    assertEquals(1, bench.host.counters().snapshot().closed().get(CloseReason.BROKEN));
  }

  /** The same: it would agree to a head of any length, and read frames out of its middle. */
  @Test
  void anAnswerWhoseHeadIsTooLongIsNone() throws Exception {
    answer(openAgreement() + "X: y\r\n" + "Y: " + "x".repeat(10_000));
    assertEquals(List.of(), server.takeFrames());
    assertEquals(1, bench.host.counters().snapshot().closed().get(CloseReason.BROKEN));
    assertFalse(server.isOpen());
  }
}
