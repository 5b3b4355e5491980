package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peerrelay.transport.RawClient.BINARY;
import static org.peerrelay.transport.RawClient.CLOSE;
import static org.peerrelay.transport.RawClient.CONTINUATION;
import static org.peerrelay.transport.RawClient.PING;
import static org.peerrelay.transport.RawClient.PONG;
import static org.peerrelay.transport.RawClient.TEXT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;

/** WebSocket frames that end a link, each with its close code. After each the relay relays. */
class FrameViolationsTest extends UnharmedRelay {
  private static final int FIN = 0x80;
  private static final byte[] NOTHING = new byte[0];
  private static final int LIMIT = TransportConfig.DEFAULT.wire().maxFrameBytes();

  private final Random random = new Random(1);
  private PeerId id;
  private RawClient client;

  @BeforeEach
  void link() throws IOException {
    id = PeerId.random(random);
    client = bench.link(id);
  }

  @AfterEach
  void theLinkIsGone() throws IOException {
    client.close();
    bench.relay.awaitLost(id);
  }

  private void assertCloses(int code, CloseReason reason, long countBefore) throws IOException {
    assertEquals(code, client.readCloseCode());
    bench.relay.awaitLost(id);
    assertEquals(countBefore + 1, bench.closed(reason), () -> "links closed as " + reason);
  }

  private void frame(int firstByte, byte[] payload, int code, CloseReason reason)
      throws IOException {
    long before = bench.closed(reason);
    client.frame(firstByte, payload);
    assertCloses(code, reason, before);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aBinaryFrame() throws IOException {
    frame(FIN | BINARY, utf8("{}"), 1003, CloseReason.UNSUPPORTED);
  }

  @Test
  void aFrameWithoutMask() throws IOException {
    long before = bench.closed(CloseReason.MALFORMED);
    client.write(RawClient.encode(FIN | TEXT, utf8("{}"), false));
    assertCloses(1002, CloseReason.MALFORMED, before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x40, 0x20, 0x10})
  void aReservedBit(int bit) throws IOException {
    frame(FIN | bit | TEXT, utf8("{}"), 1002, CloseReason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 11, 15})
  void anUnknownOpcode(int opcode) throws IOException {
    frame(FIN | opcode, NOTHING, 1002, CloseReason.MALFORMED);
  }

  @Test
  void aContinuationOfNothing() throws IOException {
    frame(FIN | CONTINUATION, NOTHING, 1002, CloseReason.MALFORMED);
  }

  @Test
  void aSecondMessageWithinTheFirst() throws IOException {
    client.frame(TEXT, utf8("{"));
    frame(TEXT, utf8("{"), 1002, CloseReason.MALFORMED);
  }

  @Test
  void aPingInParts() throws IOException {
    frame(PING, NOTHING, 1002, CloseReason.MALFORMED);
  }

  @Test
  void aPingThatIsTooLong() throws IOException {
    frame(FIN | PING, new byte[126], 1002, CloseReason.MALFORMED);
  }

  @Test
  void aCloseFrameWithHalfACode() throws IOException {
    frame(FIN | CLOSE, new byte[1], 1002, CloseReason.MALFORMED);
  }

  @Test
  void aCloseFrameWithACodeThatIsNone() throws IOException {
    frame(FIN | CLOSE, new byte[] {0, 5}, 1002, CloseReason.MALFORMED);
  }

  @Test
  void aFrameOverTheLimit() throws IOException {
    frame(FIN | TEXT, new byte[LIMIT + 1], 1009, CloseReason.TOO_LARGE);
  }

  @Test
  void aFrameThatSaysItIsEnormous() throws IOException {
    long before = bench.closed(CloseReason.TOO_LARGE);
    byte[] head = {(byte) (FIN | TEXT), (byte) 0xff};
    client.write(ByteBuffer.allocate(14).put(head).putLong(Long.MAX_VALUE).putInt(0).array());
    assertCloses(1009, CloseReason.TOO_LARGE, before);
  }

  @Test
  void aFrameThatSaysItsLengthIsNegative() throws IOException {
    byte[] head = {(byte) (FIN | TEXT), (byte) 0xff};
    client.write(ByteBuffer.allocate(14).put(head).putLong(-1).putInt(0).array());
    assertEquals(1002, client.readCloseCode());
  }

  @Test
  void partsThatTogetherAreOverTheLimit() throws IOException {
    long before = bench.closed(CloseReason.TOO_LARGE);
    client.frame(TEXT, " ".repeat(LIMIT / 2).getBytes(StandardCharsets.UTF_8));
    client.frame(CONTINUATION, " ".repeat(LIMIT / 2 + 1).getBytes(StandardCharsets.UTF_8));
    assertCloses(1009, CloseReason.TOO_LARGE, before);
  }

  @Test
  void textThatIsNoUtf8() throws IOException {
    frame(FIN | TEXT, new byte[] {'"', (byte) 0xc3, '"'}, 1007, CloseReason.MALFORMED);
  }

  @Test
  void textThatIsNoUtf8InItsSecondPart() throws IOException {
    client.frame(TEXT, new byte[] {'"', (byte) 0xc3});
    frame(FIN | CONTINUATION, new byte[] {'"'}, 1007, CloseReason.MALFORMED);
  }

  @Test
  void textThatIsNoUtf8BehindAPong() throws IOException {
    String datagram = Datagrams.user(id, bench.alice.id(), "\"?\"");
    int split = datagram.indexOf('?');
    client.frame(TEXT, utf8(datagram.substring(0, split)));
    client.frame(FIN | PONG, NOTHING);
    byte[] rest = utf8(datagram.substring(split));
    rest[0] = (byte) 0xff;
    frame(FIN | CONTINUATION, rest, 1007, CloseReason.MALFORMED);
    assertEquals(0, bench.alice.waiting());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "}",
        "[1,2",
        "nul",
        "{\"to\"",
        "\"a",
        "{}{}",
        "\u0000",
        "{\"a\":01}",
        "{\"a\":+1}"
      })
  void textThatIsNoJsonObject(String text) throws IOException {
    frame(FIN | TEXT, utf8(text), 1007, CloseReason.MALFORMED);
  }

  @Test
  void aConnectionResetInTheMiddleOfAFrame() throws IOException {
    client.write(new byte[] {(byte) (FIN | TEXT), (byte) 0xff, 0, 0, 0, 0, 0, 3});
    client.reset();
  }

  @Test
  void aConnectionThatEndsInTheMiddleOfAMessage() throws IOException {
    client.frame(TEXT, utf8("{\"to\":"));
    client.close();
  }
}
