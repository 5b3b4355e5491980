package org.peerrelay.daemon.soak;

import java.nio.ByteBuffer;
import java.util.Random;
import org.peerrelay.message.Payload;

/**
 * Payloads of all shapes and sizes, no two alike: each has its serial number in it. JSON is spelled
 * as JavaScript spells it, so that it must arrive as it was sent.
 */
final class MixedPayloads {
  private static final int BIG_BYTES = 60_000;

  /** One in so many is big. */
  private static final int BIG_EACH = 50;

  private final Random random;

  MixedPayloads(Random random) {
    this.random = random;
  }

  Payload draw(long serial) {
    return random.nextInt(BIG_EACH) == 0 ? big(serial) : small(serial);
  }

  private Payload small(long serial) {
    return switch (random.nextInt(8)) {
      case 0 -> Payload.json(Long.toString(serial));
      case 1 -> Payload.json("\"" + serial + "\"");
      case 2 -> Payload.json("[" + serial + ",null,true,-1.5,\"\",[[],{}]]");
      case 3 -> Payload.json("{\"serial\":" + serial + ",\"of\":{\"a\":[1,{\"b\":null}]}}");
      case 4 -> Payload.json("\"" + serial + " Grüße, Ελλάδα, 世界, עברית, \uD83D\uDC4B\"");
      case 5 -> Payload.json("{\"ключ\":\"" + serial + "\\n\\\"\\\\\\u0000\\ud800\u2028\"}");
      case 6 -> Payload.bytes(bytes(serial, Long.BYTES));
      default -> Payload.bytes(bytes(serial, Long.BYTES + random.nextInt(1_500)));
    };
  }

  private Payload big(long serial) {
    return switch (random.nextInt(3)) {
      case 0 -> Payload.json("\"" + serial + "x".repeat(BIG_BYTES) + "\"");
      case 1 -> Payload.json("\"" + serial + "ü".repeat(BIG_BYTES / 2) + "\"");
      default -> Payload.bytes(bytes(serial, BIG_BYTES));
    };
  }

  private byte[] bytes(long serial, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes).putLong(0, serial).array();
  }
}
