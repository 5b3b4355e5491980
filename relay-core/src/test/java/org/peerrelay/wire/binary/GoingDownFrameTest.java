package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoingDownFrameTest {
  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
  }

  @Test
  void theFrameIsTheKindAndTheDelay() {
    ByteBuf frame = new GoingDown(4_660).frame(UnpooledByteBufAllocator.DEFAULT);
    assertEquals("8300001234", ByteBufUtil.hexDump(frame));
    frame.release();
  }

  @ParameterizedTest
  @CsvSource({"8300001234,4660", "830000123456,4660", "8300000000,0", "83ffffffff,300000"})
  void whatItSays(String frame, int delayMs) {
    assertEquals(new GoingDown(delayMs), GoingDown.read(bytes(frame)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"83000012", "83", "8200001234", "8400001234"})
  void whatIsNone(String frame) {
    assertNull(GoingDown.read(bytes(frame)));
  }
}
