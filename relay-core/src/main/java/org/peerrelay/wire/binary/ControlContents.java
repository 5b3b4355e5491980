package org.peerrelay.wire.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Message;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.wire.UnfitDatagramException;

/**
 * The contents of the kinds that the legacy format does not have: notices, pointers, and what ping
 * and trace answer. What follows the fields of a kind is of a later version, and skipped.
 */
final class ControlContents {
  private static final int NOTICE_BYTES = 2 + 8 + PeerId.BYTES;
  private static final int COPY = 0x01;

  /** The other bits count such steps: as many as are in the longest lifetime, and more. */
  private static final int AGE_STEP_S = 32;

  private static final int MAX_AGE_STEPS = 127;
  private static final int PONG_BYTES = 8;
  private static final int TRACE_HOP_BYTES = 8 + 1 + 1;

  private ControlContents() {}

  /** The bytes that stand for {@code message}; none for one without content. */
  static byte[] write(Message message) {
    ByteBuf out = Unpooled.buffer();
    if (message instanceof Message.Notice notice) {
      out.writeShort(notice.code().code()).writeLong(notice.nonce());
      writeId(out, notice.to());
      writeIfAny(out, notice.via());
    } else if (message instanceof Message.Publish publish) {
      out.writeByte(publish.copy() ? age(publish) | COPY : age(publish));
      out.writeBytes(PointerCodec.write(publish.pointer()));
    } else if (message instanceof Message.Locate locate) {
      writeId(out, locate.target());
      writeId(out, locate.asker());
    } else if (message instanceof Message.Located located) {
      out.writeBytes(PointerCodec.write(located.pointer()));
    } else if (message instanceof Message.Pong pong) {
      out.writeLong(pong.nonce());
    } else if (message instanceof Message.TraceHop hop) {
      out.writeLong(hop.nonce()).writeByte(hop.hopsLeft()).writeByte(hop.verdict().code());
      writeIfAny(out, hop.next());
    }
    byte[] content = new byte[out.readableBytes()];
    out.readBytes(content);
    return content;
  }

  /** A code of a later version is no notice to this one. */
  static @Nullable Message notice(byte[] content) throws UnfitDatagramException {
    ByteBuf in = atLeast(NOTICE_BYTES, content, "notice");
    NoticeCode code = NoticeCode.of(in.readUnsignedShort());
    long nonce = in.readLong();
    PeerId to = PointerCodec.readId(in);
    return code == null ? null : new Message.Notice(code, to, nonce, readIfAny(in));
  }

  static Message publish(byte[] content) throws UnfitDatagramException {
    ByteBuf in = atLeast(1, content, "pointer");
    int first = in.readUnsignedByte();
    boolean copy = (first & COPY) != 0;
    return new Message.Publish(PointerCodec.read(in), copy, (first >> 1) * AGE_STEP_S);
  }

  /** Rounded up: who passes it on makes no pointer younger. */
  private static int age(Message.Publish publish) {
    int steps = (publish.ageS() + AGE_STEP_S - 1) / AGE_STEP_S;
    return Math.min(steps, MAX_AGE_STEPS) << 1;
  }

  static Message locate(byte[] content) throws UnfitDatagramException {
    ByteBuf in = atLeast(2 * PeerId.BYTES, content, "locate");
    return new Message.Locate(PointerCodec.readId(in), PointerCodec.readId(in));
  }

  static Message located(byte[] content) throws UnfitDatagramException {
    return new Message.Located(PointerCodec.read(Unpooled.wrappedBuffer(content)));
  }

  static Message pong(byte[] content) throws UnfitDatagramException {
    return new Message.Pong(atLeast(PONG_BYTES, content, "pong").readLong());
  }

  /** A verdict of a later version is none to this one. */
  static @Nullable Message traceHop(byte[] content) throws UnfitDatagramException {
    ByteBuf in = atLeast(TRACE_HOP_BYTES, content, "trace hop");
    long nonce = in.readLong();
    int hopsLeft = in.readUnsignedByte();
    if (hopsLeft > DatagramLayout.MAX_HOPS) {
      throw new UnfitDatagramException(
          DropReason.MALFORMED, "trace hop: " + hopsLeft + " hops left (expected: at most 20)");
    }
    HopVerdict verdict = HopVerdict.of(in.readUnsignedByte());
    return verdict == null ? null : new Message.TraceHop(nonce, hopsLeft, verdict, readIfAny(in));
  }

  private static ByteBuf atLeast(int bytes, byte[] content, String what)
      throws UnfitDatagramException {
    if (content.length < bytes) {
      throw new UnfitDatagramException(
          DropReason.MALFORMED,
          what + ": " + content.length + " bytes (expected: " + bytes + " or more)");
    }
    return Unpooled.wrappedBuffer(content);
  }

  private static void writeId(ByteBuf out, PeerId id) {
    out.writeLong(id.high()).writeLong(id.middle()).writeInt(id.low());
  }

  private static void writeIfAny(ByteBuf out, @Nullable PeerId id) {
    if (id != null) {
      writeId(out, id);
    }
  }

  private static @Nullable PeerId readIfAny(ByteBuf in) {
    return in.readableBytes() >= PeerId.BYTES ? PointerCodec.readId(in) : null;
  }
}
