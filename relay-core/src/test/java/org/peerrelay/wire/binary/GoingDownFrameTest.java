package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.wire.JsonRecord;

/** The frame is byte for byte that of the golden vectors. */
class GoingDownFrameTest {
  @TestFactory
  Stream<DynamicTest> itSaysWhatTheVectorsSay() {
    return ProtocolVectors.all("goingDown").stream()
        .map(
            entry ->
                dynamicTest(
                    entry.text("name"),
                    () ->
                        assertEquals(
                            entry.isNull("delayMs") ? null : said(entry),
                            GoingDown.read(Unpooled.wrappedBuffer(entry.bytes("frame"))))));
  }

  @TestFactory
  Stream<DynamicTest> itIsWrittenAsTheVectorsSay() {
    return ProtocolVectors.all("goingDown").stream()
        .filter(entry -> entry.flag("canonical"))
        .map(
            entry ->
                dynamicTest(
                    entry.text("name"), () -> assertEquals(entry.text("frame"), written(entry))));
  }

  private static GoingDown said(JsonRecord entry) {
    return new GoingDown(entry.number("delayMs"));
  }

  private static String written(JsonRecord entry) {
    ByteBuf frame = said(entry).frame(UnpooledByteBufAllocator.DEFAULT);
    String hex = ByteBufUtil.hexDump(frame);
    frame.release();
    return hex;
  }

  @ParameterizedTest
  @ValueSource(strings = {"8200001234", "8400001234"})
  void framesOfOtherKindsSayNothing(String frame) {
    assertNull(GoingDown.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(frame))));
  }
}
