package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.MalformedFrameException;

class DatagramLayoutTest {
  private static final PeerId TO = new PeerId(-1, 2, -3);
  private static final PeerId FROM = new PeerId(4, -5, 6);
  private static final int HOPS_LEFT = 2;
  private static final int ATTEMPT = 3;
  private static final int NONCE = 4;
  private static final int VIA = 32;

  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

  private final Transit header = new Transit();

  @Test
  void aFrameIsReadAsItWasWritten() throws Exception {
    ByteBuf frame = frame();

    DatagramLayout.read(frame, header);

    assertEquals(1, header.kind);
    assertEquals(DatagramLayout.FLAG_UNVERIFIED, header.flags);
    assertEquals(DatagramLayout.MAX_HOPS, header.hopsLeft);
    assertEquals(Header.MAX_NONCE, header.nonce);
    assertEquals(TO, header.to.toPeerId());
    assertTrue(header.via.isNone());
    assertEquals(FROM, header.from.toPeerId());
    assertArrayEquals(new byte[] {7, 8}, DatagramLayout.content(frame));
  }

  @Test
  void readingChangesNothingInTheFrame() throws Exception {
    ByteBuf frame = frame();
    String before = ByteBufUtil.hexDump(frame);

    DatagramLayout.read(frame, header);
    DatagramLayout.content(frame);

    assertEquals(before, ByteBufUtil.hexDump(frame));
  }

  @Test
  void aFrameThatBeginsWithinItsBufferIsRead() throws Exception {
    ByteBuf frame = Unpooled.buffer().writeZero(5).writeBytes(frame()).skipBytes(5);

    DatagramLayout.read(frame, header);
    DatagramLayout.setHopsLeft(frame, 3);

    assertEquals(FROM, header.from.toPeerId());
    assertEquals(3, frame.getByte(5 + HOPS_LEFT));
    assertArrayEquals(new byte[] {7, 8}, DatagramLayout.content(frame));
  }

  @Test
  void aHeaderOfAnEarlierDatagramIsOverwrittenWhole() throws Exception {
    ByteBuf located = frame().setByte(VIA + 19, 1);
    DatagramLayout.read(located, header);
    assertFalse(header.via.isNone());

    DatagramLayout.read(frame(), header);

    assertTrue(header.via.isNone());
  }

  @Test
  void settingTheHopsLeftChangesNothingElse() throws Exception {
    ByteBuf frame = frame();
    ByteBuf expected = frame.copy().setByte(HOPS_LEFT, 19);

    DatagramLayout.setHopsLeft(frame, 19);

    assertEquals(expected, frame);
  }

  @Test
  void anyAttemptAndUnknownFlagsAreTaken() throws Exception {
    ByteBuf frame = frame().setByte(1, 0xff).setByte(ATTEMPT, 0xff);

    DatagramLayout.read(frame, header);

    assertEquals(0xff, header.flags);
    assertEquals(0xff, header.attempt);
  }

  @Test
  void aHeaderWithoutContentIsADatagram() throws Exception {
    ByteBuf frame = frame().writerIndex(DatagramLayout.HEADER_BYTES);

    DatagramLayout.read(frame, header);

    assertEquals(0, DatagramLayout.content(frame).length);
  }

  @Test
  void aFrameShorterThanTheHeaderIsMalformed() {
    assertMalformed(frame().writerIndex(DatagramLayout.HEADER_BYTES - 1));
    assertMalformed(Unpooled.EMPTY_BUFFER);
  }

  @Test
  void aFrameLongerThanTheLargestContentIsMalformed() throws Exception {
    ByteBuf largest = frame().writeZero(65_534);
    DatagramLayout.read(largest, header);
    assertEquals(65_536, DatagramLayout.content(largest).length);

    assertMalformed(largest.writeByte(0));
  }

  @Test
  void contentThatIsJsonMayBeFourTimesAsLong() throws Exception {
    ByteBuf largest = frame().setByte(1, DatagramLayout.FLAG_JSON).writeZero(262_142);
    DatagramLayout.read(largest, header);
    assertEquals(262_144, DatagramLayout.content(largest).length);

    assertMalformed(largest.writeByte(0));
  }

  @Test
  void moreThanTwentyHopsLeftAreMalformed() {
    assertMalformed(frame().setByte(HOPS_LEFT, 21));
    assertMalformed(frame().setByte(HOPS_LEFT, 0xff));
  }

  @Test
  void aNonceOutOfRangeIsMalformed() {
    assertMalformed(frame().setLong(NONCE, Header.MAX_NONCE + 1));
    assertMalformed(frame().setLong(NONCE, -1));
  }

  @Test
  void framesWithTheHighestBitAreForTheLinkAlone() {
    assertTrue(DatagramLayout.isLinkFrame(Unpooled.buffer(1).writeByte(0x80)));
    assertTrue(DatagramLayout.isLinkFrame(Unpooled.buffer(1).writeByte(0xff)));
    assertFalse(DatagramLayout.isLinkFrame(Unpooled.buffer(1).writeByte(0x7f)));
    assertFalse(DatagramLayout.isLinkFrame(Unpooled.EMPTY_BUFFER));
  }

  private static ByteBuf frame() {
    return DatagramLayout.frame(
        HEAP,
        new Header(TO, FROM, Header.MAX_NONCE, MessageKind.USER, List.of()),
        DatagramLayout.FLAG_UNVERIFIED,
        DatagramLayout.MAX_HOPS,
        null,
        new Message.User(Payload.bytes(new byte[] {7, 8})));
  }

  private void assertMalformed(ByteBuf frame) {
    assertThrows(MalformedFrameException.class, () -> DatagramLayout.read(frame, header));
  }
}
