package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDeflateTest {
  private static byte[] content(FrameBuffer frame) {
    int begin = frame.contentOffset();
    return Arrays.copyOfRange(frame.bytes(), begin, begin + frame.contentLength());
  }

  private static byte[] decompressed(MessageDeflate deflate, byte[] compressed)
      throws DataFormatException {
    ByteBuf original = Unpooled.buffer();
    deflate.decompress(Unpooled.wrappedBuffer(compressed), 0, compressed.length, original);
    return ByteBufUtil.getBytes(original);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void messagesComeBackAsTheyWere(boolean keepsContext) throws DataFormatException {
    FrameBuffer frame = new FrameBuffer();
    Random random = new Random(3);
    try (MessageDeflate ours = new MessageDeflate(keepsContext);
        MessageDeflate theirs = new MessageDeflate(keepsContext)) {
      for (int length : new int[] {1, 100, 100, 5_000, 300_000, 20}) {
        byte[] message = new byte[length];
        random.nextBytes(message);
        ours.compress(frame.clear().put(message));

        assertArrayEquals(message, decompressed(theirs, content(frame)));
      }
    }
  }

  /** The examples of RFC 7692, sections 7.2.3.1 and 7.2.3.2. */
  @Test
  void readsTheExamplesOfTheStandard() throws DataFormatException {
    byte[] hello = "Hello".getBytes(StandardCharsets.US_ASCII);
    try (MessageDeflate deflate = new MessageDeflate(true)) {
      byte[] first = {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
      byte[] second = {(byte) 0xf2, 0x00, 0x11, 0x00, 0x00};

      assertArrayEquals(hello, decompressed(deflate, first));
      assertArrayEquals(hello, decompressed(deflate, second));
    }
  }

  @Test
  void whatHasBeenSentBeforeTakesLess() {
    byte[] message =
        "{\"a rather long\":\"message that comes again\"}".getBytes(StandardCharsets.US_ASCII);
    FrameBuffer frame = new FrameBuffer();
    try (MessageDeflate deflate = new MessageDeflate(true)) {
      deflate.compress(frame.clear().put(message));
      int first = frame.contentLength();
      deflate.compress(frame.clear().put(message));

      assertTrue(frame.contentLength() < first / 2, first + " then " + frame.contentLength());
    }
  }
}
