package org.peerrelay.wire.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.MalformedFrameException;

/**
 * Where things stand in a protocol 2 datagram, a binary frame that begins with this header. All
 * numbers are big-endian.
 *
 * <pre>
 *   0      kind, less than 0x80
 *   1      flags
 *   2      hops left
 *   3      attempt: which of the ways to the target it goes; 0 is the straight one
 *   4..11  nonce, 0 to 10^15 - 1
 *  12..31  to: the target's id
 *  32..51  via: the id of the relay that the target is attached to; zero until located
 *  52..71  from: the author's id
 *  72..    content
 * </pre>
 *
 * <p>Reading and writing is done in place and allocates nothing, so that a relay can pass a
 * datagram on as the bytes it came in.
 */
public final class DatagramLayout {
  /** Length of the header in bytes. */
  public static final int HEADER_BYTES = 72;

  /** The largest content, in bytes. */
  private static final int MAX_CONTENT_BYTES = 65_536;

  /** The largest content that is JSON: what the JSON form of bytes takes in the legacy format. */
  private static final int MAX_JSON_BYTES = 4 * MAX_CONTENT_BYTES;

  /** How many hops a datagram starts with. */
  public static final int MAX_HOPS = 20;

  /** Flag: the content is the UTF-8 text of one JSON value; no content stands for undefined. */
  public static final int FLAG_JSON = 0x01;

  /** Flag: the author is a legacy peer, whose id nobody has proven. */
  public static final int FLAG_UNVERIFIED = 0x02;

  /** The author asks the target to tell it that the datagram has arrived. */
  public static final int FLAG_WANTS_ANSWER = 0x04;

  /**
   * There is, or was, another copy of the datagram under way: that this one goes no further says
   * nothing. Set by the relay that made two of it.
   */
  public static final int FLAG_COPY = 0x08;

  /**
   * The target was not at the relay that the via named: it names another one now, and is not
   * changed again. Set by the relay that has changed it.
   */
  public static final int FLAG_SENT_ON = 0x10;

  private static final int KIND = 0;
  private static final int FLAGS = 1;
  private static final int HOPS_LEFT = 2;
  private static final int ATTEMPT = 3;
  private static final int NONCE = 4;
  private static final int TO = 12;
  private static final int VIA = 32;
  private static final int FROM = 52;

  private DatagramLayout() {}

  /** Whether {@code frame} is for the other end of the link alone, and so no datagram. */
  public static boolean isLinkFrame(ByteBuf frame) {
    return frame.isReadable() && frame.getByte(frame.readerIndex()) < 0;
  }

  /**
   * Reads the header of {@code frame} into {@code header}, and moves nothing.
   *
   * @throws MalformedFrameException if the frame is too short or too long, or a number out of range
   */
  public static void read(ByteBuf frame, Transit header) throws MalformedFrameException {
    if (frame.readableBytes() < HEADER_BYTES) {
      throw new MalformedFrameException(
          "datagram: " + frame.readableBytes() + " bytes (expected: " + HEADER_BYTES + " or more)");
    }
    if (!fits(frame)) {
      throw new MalformedFrameException(
          "datagram: " + frame.readableBytes() + " bytes (expected: less)");
    }
    int start = frame.readerIndex();
    header.kind = frame.getUnsignedByte(start + KIND);
    header.flags = frame.getUnsignedByte(start + FLAGS);
    header.sentOn = (header.flags & FLAG_SENT_ON) != 0;
    header.hopsLeft = frame.getUnsignedByte(start + HOPS_LEFT);
    header.attempt = frame.getUnsignedByte(start + ATTEMPT);
    header.nonce = frame.getLong(start + NONCE);
    if (header.nonce < 0 || header.nonce > Header.MAX_NONCE) {
      throw new MalformedFrameException("nonce: over " + Header.MAX_NONCE + " (expected: less)");
    }
    if (header.hopsLeft > MAX_HOPS) {
      throw new MalformedFrameException(
          "hops left: " + header.hopsLeft + " (expected: at most " + MAX_HOPS + ")");
    }
    readId(frame, start + TO, header.to);
    readId(frame, start + VIA, header.via);
    readId(frame, start + FROM, header.from);
  }

  /**
   * A new frame with {@code message} in it. The caller owns it.
   *
   * @param flags flags beside those that the message has of itself
   * @param via the relay that the target is attached to; null if it is not located
   */
  public static ByteBuf frame(
      ByteBufAllocator allocator,
      Header header,
      int flags,
      int hopsLeft,
      @Nullable PeerId via,
      Message message) {
    byte[] content = BinaryContents.write(message);
    ByteBuf frame = allocator.buffer(HEADER_BYTES + content.length);
    frame
        .writeByte(BinaryContents.code(header.kind()))
        .writeByte(flags | BinaryContents.flags(message))
        .writeByte(hopsLeft)
        .writeByte(header.attempt())
        .writeLong(header.nonce());
    writeId(frame, header.to());
    if (via == null) {
      frame.writeZero(PeerId.BYTES);
    } else {
      writeId(frame, via);
    }
    writeId(frame, header.from());
    return frame.writeBytes(content);
  }

  /** Whether {@code frame}, a header at least, has no more content than a datagram may carry. */
  public static boolean fits(ByteBuf frame) {
    boolean json = (frame.getByte(frame.readerIndex() + FLAGS) & FLAG_JSON) != 0;
    int maxBytes = json ? MAX_JSON_BYTES : MAX_CONTENT_BYTES;
    return frame.readableBytes() - HEADER_BYTES <= maxBytes;
  }

  /** Names the relay that the target of the datagram in {@code frame} is attached to. */
  public static void setVia(ByteBuf frame, Transit.Id via) {
    int index = frame.readerIndex() + VIA;
    frame.setLong(index, via.high).setLong(index + 8, via.middle).setInt(index + 16, via.low);
  }

  /** Sets further flags of the datagram in {@code frame}. */
  public static void setFlags(ByteBuf frame, int flags) {
    int index = frame.readerIndex() + FLAGS;
    frame.setByte(index, frame.getByte(index) | flags);
  }

  /** Sets how many more times the datagram in {@code frame} may be passed on. */
  public static void setHopsLeft(ByteBuf frame, int hopsLeft) {
    frame.setByte(frame.readerIndex() + HOPS_LEFT, hopsLeft);
  }

  /** The content of {@code frame}, copied. */
  public static byte[] content(ByteBuf frame) {
    byte[] content = new byte[frame.readableBytes() - HEADER_BYTES];
    frame.getBytes(frame.readerIndex() + HEADER_BYTES, content);
    return content;
  }

  private static void readId(ByteBuf frame, int index, Transit.Id id) {
    id.set(frame.getLong(index), frame.getLong(index + 8), frame.getInt(index + 16));
  }

  private static void writeId(ByteBuf frame, PeerId id) {
    frame.writeLong(id.high()).writeLong(id.middle()).writeInt(id.low());
  }
}
