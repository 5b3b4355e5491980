package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/**
 * Finds WebSocket frames (RFC 6455, section 5.2) in what has been read, checks their headers and
 * unmasks their contents where they stand. For one connection; event loop only.
 *
 * <p>A header that breaks the rules is refused as soon as it is there, before its content comes.
 */
final class FrameReader {
  private static final int FIRST_BYTES = 2;
  private static final int RESERVED_BITS = 0x70;
  private static final int OPCODES = 0x0f;
  private static final int MASKED = 0x80;
  private static final int LENGTHS = 0x7f;
  private static final int MAX_CONTROL_BYTES = 125;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MAX_LENGTH_16 = 0xffff;

  private final boolean masked;
  private final int maxMessageBytes;

  private int opcode;
  private boolean last;
  private boolean ascii;
  private int start;
  private int content;
  private int end;

  /**
   * For one direction.
   *
   * @param masked whether the other end is a client and so must mask its frames, or must not
   * @param maxMessageBytes how long a message may be, all of its frames together
   */
  FrameReader(boolean masked, int maxMessageBytes) {
    this.masked = masked;
    this.maxMessageBytes = maxMessageBytes;
  }

  /**
   * Reads the frame at the reader index of {@code in} and moves nothing; tells whether it is all
   * there, and only then the other methods tell of it.
   *
   * @param openBytes how much of an unfinished message has come before; -1 if there is none
   */
  boolean read(ByteBuf in, int openBytes) {
    int readable = in.readableBytes();
    if (readable < FIRST_BYTES) {
      return false;
    }
    start = in.readerIndex();
    int first = in.getUnsignedByte(start);
    int second = in.getUnsignedByte(start + 1);
    opcode = first & OPCODES;
    last = (first & Opcode.FIN) != 0;
    check(first, second, openBytes);
    int lengthEnd = FIRST_BYTES + extraLengthBytes(second & LENGTHS);
    if (readable < lengthEnd) {
      return false;
    }
    int length = length(in, second & LENGTHS, Math.max(0, openBytes));
    int headerBytes = lengthEnd + (masked ? Integer.BYTES : 0);
    if (readable - headerBytes < length) {
      return false;
    }
    content = start + headerBytes;
    end = content + length;
    int mask = masked ? in.getInt(content - Integer.BYTES) : 0;
    ascii = masked && Mask.apply(in, content, end, mask);
    return true;
  }

  private void check(int first, int second, int openBytes) {
    require((first & RESERVED_BITS) == 0, "a reserved bit (expected: none)");
    require(Opcode.isKnown(opcode), "an unknown opcode (expected: a known one)");
    require((second & MASKED) != 0 == masked, masked ? "no mask" : "a mask");
    if (Opcode.isControl(opcode)) {
      require(last, "a control frame in parts (expected: in one)");
      require((second & LENGTHS) <= MAX_CONTROL_BYTES, "a control frame over 125 bytes");
    } else {
      boolean continues = opcode == Opcode.CONTINUATION;
      require(continues == openBytes >= 0, "a frame out of order");
    }
  }

  private static int extraLengthBytes(int length) {
    return switch (length) {
      case LENGTH_16 -> Short.BYTES;
      case LENGTH_64 -> Long.BYTES;
      default -> 0;
    };
  }

  private int length(ByteBuf in, int shortLength, int openBytes) {
    long length = shortLength;
    if (shortLength == LENGTH_16) {
      length = in.getUnsignedShort(start + FIRST_BYTES);
      require(length >= LENGTH_16, "a length in more bytes than it needs");
    } else if (shortLength == LENGTH_64) {
      length = in.getLong(start + FIRST_BYTES);
      require(length < 0 || length > MAX_LENGTH_16, "a length in more bytes than it needs");
      require(length >= 0, "a negative length");
    }
    if (!Opcode.isControl(opcode) && length > maxMessageBytes - openBytes) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.MESSAGE_TOO_BIG,
          "message: over " + maxMessageBytes + " bytes (expected: fewer)",
          null);
    }
    return (int) length;
  }

  private static void require(boolean holds, String found) {
    if (!holds) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.PROTOCOL_ERROR, "WebSocket frame: " + found, null);
    }
  }

  int opcode() {
    return opcode;
  }

  /** Whether it is the last frame of its message. */
  boolean isLast() {
    return last;
  }

  /** Whether its content was unmasked and is all ASCII, and so is UTF-8 for certain. */
  boolean isAscii() {
    return ascii;
  }

  /** Index of the first byte of its header. */
  int start() {
    return start;
  }

  /** Index of the first byte of its content. */
  int content() {
    return content;
  }

  /** Index behind its last byte. */
  int end() {
    return end;
  }
}
