package org.peerrelay.lab.load;

import io.netty.buffer.ByteBuf;

/** The header of a WebSocket frame from a server (RFC 6455, section 5.2). */
final class Frames {
  static final int FIN = 0x80;

  /** Says that a message is compressed (RFC 7692). */
  static final int RSV1 = 0x40;

  static final int OPCODES = 0x0f;
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int LENGTHS = 0x7f;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private Frames() {}

  /** Whether a whole frame stands at the reader index. */
  static boolean isWhole(ByteBuf in) {
    int readable = in.readableBytes();
    return readable >= 2
        && readable >= headerLength(in)
        && readable - headerLength(in) >= contentLength(in);
  }

  /** Length of the header at the reader index, of which two bytes are there. */
  static int headerLength(ByteBuf in) {
    return switch (in.getByte(in.readerIndex() + 1) & LENGTHS) {
      case LENGTH_16 -> 4;
      case LENGTH_64 -> 10;
      default -> 2;
    };
  }

  /** Length of the content after the header at the reader index, which is all there. */
  static int contentLength(ByteBuf in) {
    int length = in.getByte(in.readerIndex() + 1) & LENGTHS;
    return switch (length) {
      case LENGTH_16 -> in.getUnsignedShort(in.readerIndex() + 2);
      case LENGTH_64 -> Math.toIntExact(in.getLong(in.readerIndex() + 2));
      default -> length;
    };
  }
}
