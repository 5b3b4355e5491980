package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.lab.load.StampedPayload.Kind;

class StampedPayloadTest {
  private static final int OFFSET = 5;

  private final StampedPayload payloads = payloads(1, 100);

  private static StampedPayload payloads(int run, int payloadBytes) {
    return new StampedPayload(run, payloadBytes, new Random(7));
  }

  private static ByteBuf received(byte[] payload) {
    return Unpooled.buffer().writeZero(OFFSET).writeBytes(payload);
  }

  @ParameterizedTest
  @ValueSource(ints = {StampedPayload.MIN_BYTES, 29, 100, 1_024, 65_536})
  void whatIsWrittenIsReadBack(int payloadBytes) {
    StampedPayload some = payloads(3, payloadBytes);
    byte[] payload = some.write(123_456_789, 9_876_543_210_123L, 77_777);

    assertEquals(Kind.WHOLE, some.read(received(payload), OFFSET, payloadBytes));
    assertEquals(123_456_789, some.seq());
    assertEquals(9_876_543_210_123L, some.intendedNs());
    assertEquals(77_777, some.target());
  }

  @Test
  void everyChangedByteIsNoticed() {
    for (int i = 0; i < 100; i++) {
      byte[] payload = payloads.write(5, 6, 7).clone();
      payload[i] = (byte) (payload[i] == 'x' ? 'y' : 'x');

      assertEquals(Kind.CORRUPTED, payloads.read(received(payload), OFFSET, 100), "byte " + i);
    }
  }

  @Test
  void payloadsThatWereCutOrAreOfAnotherKindAreCorrupted() {
    byte[] payload = payloads.write(5, 6, 7);

    assertEquals(Kind.CORRUPTED, payloads.read(received(payload), OFFSET, 99));
    assertEquals(Kind.CORRUPTED, payloads.read(received(payload), OFFSET, 27));
    assertEquals(Kind.CORRUPTED, payloads.read(Unpooled.EMPTY_BUFFER, 0, 0));
    assertEquals(Kind.CORRUPTED, payloads.read(Unpooled.wrappedBuffer(new byte[100]), 0, 100));
    byte[] high = payload.clone();
    high[0] = (byte) 0xff;
    assertEquals(Kind.CORRUPTED, payloads.read(received(high), OFFSET, 100));
  }

  @Test
  void thePayloadOfAnEarlierRunIsToldFromACorruptedOne() {
    byte[] late = payloads(1, 100).write(5, 6, 7);

    assertEquals(Kind.EARLIER, payloads(2, 100).read(received(late), OFFSET, 100));
  }

  @Test
  void aJsonStringCarriesThemUnchanged() {
    for (int seq = 0; seq < 5_000; seq++) {
      String text = new String(payloads.write(seq, seq, 1), StandardCharsets.US_ASCII);

      assertFalse(text.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '"' || c == '\\'), text);
    }
  }
}
