package org.peerrelay.lab.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Writes and reads the payloads of one run. They are printable ASCII without quotes and
 * backslashes, so that a JSON string carries them as they are, and every shape the same bytes.
 *
 * <p>In digits of 6 bits, most significant first:
 *
 * <table>
 * <caption>layout</caption>
 * <tr><td>0</td><td>3 digits</td><td>number of the run</td></tr>
 * <tr><td>3</td><td>8</td><td>sequence number</td></tr>
 * <tr><td>11</td><td>9</td><td>intended send time in ns since the run began</td></tr>
 * <tr><td>20</td><td>4</td><td>number of the client that it is for</td></tr>
 * <tr><td>24</td><td>4</td><td>check over the above</td></tr>
 * <tr><td>28</td><td>the rest</td><td>a stretch of random digits that the sequence number picks</td></tr>
 * </table>
 *
 * <p>Belongs to one event loop.
 */
final class StampedPayload {
  /** Length of the smallest payload: the stamp alone. */
  static final int MIN_BYTES = 28;

  /** What a payload that came in turned out to be. */
  enum Kind {
    /** Of this run, and whole. */
    WHOLE,
    /** Of an earlier run, come late. */
    EARLIER,
    /** Changed on its way. */
    CORRUPTED
  }

  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);

  /** By character; -1 for what is no digit, which no check agrees with. */
  private static final byte[] VALUES = values();

  private static final int FILLERS = 4_093;
  private static final int RUN_MASK = 0x3ffff;
  private static final int CHECK_MASK = 0xffffff;
  private static final int CHECK_AT = 24;

  private final int run;
  private final byte[] payload;
  private final byte[] filler;
  private final ByteBuf fillerBuffer;
  private final byte[] stamp = new byte[MIN_BYTES];

  private long seq;
  private long intendedNs;
  private int target;

  /** For run number {@code run}, of which the lowest 18 bits count. */
  StampedPayload(int run, int payloadBytes, RandomGenerator random) {
    this.run = run & RUN_MASK;
    this.payload = new byte[payloadBytes];
    this.filler = new byte[FILLERS + payloadBytes];
    for (int i = 0; i < filler.length; i++) {
      filler[i] = DIGITS[random.nextInt(DIGITS.length)];
    }
    this.fillerBuffer = Unpooled.wrappedBuffer(filler);
  }

  /** A payload; the array is used again by the next call. */
  byte[] write(long seq, long intendedNs, int target) {
    digits(payload, 0, 3, run);
    digits(payload, 3, 8, seq);
    digits(payload, 11, 9, intendedNs);
    digits(payload, 20, 4, target);
    digits(payload, CHECK_AT, 4, check(run, seq, intendedNs, target));
    System.arraycopy(filler, (int) (seq % FILLERS), payload, MIN_BYTES, payload.length - MIN_BYTES);
    return payload;
  }

  /** Reads a payload; if it is whole, the fields below tell what it says. */
  Kind read(ByteBuf in, int index, int length) {
    if (length < MIN_BYTES) {
      return Kind.CORRUPTED;
    }
    in.getBytes(index, stamp);
    long readRun = value(0, 3);
    seq = value(3, 8);
    intendedNs = value(11, 9);
    target = (int) value(20, 4);
    if (value(CHECK_AT, 4) != check(readRun, seq, intendedNs, target)) {
      return Kind.CORRUPTED;
    }
    if (readRun != run) {
      return Kind.EARLIER;
    }
    boolean whole =
        length == payload.length
            && ByteBufUtil.equals(
                in, index + MIN_BYTES, fillerBuffer, (int) (seq % FILLERS), length - MIN_BYTES);
    return whole ? Kind.WHOLE : Kind.CORRUPTED;
  }

  long seq() {
    return seq;
  }

  long intendedNs() {
    return intendedNs;
  }

  int target() {
    return target;
  }

  private static long check(long run, long seq, long intendedNs, long target) {
    long mixed = (run * 0x9E3779B97F4A7C15L + seq) * 0xC2B2AE3D27D4EB4FL + intendedNs;
    mixed = (mixed ^ mixed >>> 29) * 0x9E3779B97F4A7C15L + target;
    return (mixed ^ mixed >>> 32) & CHECK_MASK;
  }

  private static void digits(byte[] out, int at, int count, long value) {
    long rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      out[i] = DIGITS[(int) rest & 63];
      rest >>>= 6;
    }
  }

  private long value(int at, int count) {
    long value = 0;
    for (int i = at; i < at + count; i++) {
      value = value << 6 | VALUES[stamp[i] & 0xff];
    }
    return value;
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = (byte) i;
    }
    return values;
  }
}
