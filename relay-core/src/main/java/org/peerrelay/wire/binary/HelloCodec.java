package org.peerrelay.wire.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.peerrelay.wire.MalformedFrameException;

/** Writes and reads {@link Hello} (docs/protocol.md, section 3). */
public final class HelloCodec {
  /** Kind of the frame. */
  public static final int KIND = 0x80;

  private static final int MAX_BYTES = 2_048;
  private static final int FIXED_BYTES = 68;
  private static final int FIELD_HEADER_BYTES = 4;
  private static final int DEFAULT_MAX_PAYLOAD_BYTES = 65_536;
  private static final int MAX_URL_BYTES = 512;
  private static final int MAX_AUTHORITY_BYTES = 300;
  private static final int MAX_ADDRESS_BYTES = 64;

  private static final int FIELD_URL = 1;
  private static final int FIELD_AUTHORITY = 2;
  private static final int FIELD_MAX_PAYLOAD = 3;
  private static final int FIELD_OBSERVED_ADDRESS = 4;
  private static final int FIELD_CHECK = 6;

  private HelloCodec() {}

  /** The frame, whose exact bytes both sides sign. */
  public static byte[] write(Hello hello) {
    ByteBuf out = Unpooled.buffer(256);
    out.writeByte(KIND)
        .writeByte(hello.lowestVersion())
        .writeByte(hello.highestVersion())
        .writeByte(hello.relay() ? 1 : 0)
        .writeBytes(hello.publicKey().toBytes())
        .writeBytes(hello.random().toBytes());
    writeText(out, FIELD_URL, hello.url());
    writeText(out, FIELD_AUTHORITY, hello.authority());
    out.writeShort(FIELD_MAX_PAYLOAD).writeShort(Integer.BYTES).writeInt(hello.maxPayloadBytes());
    writeText(out, FIELD_OBSERVED_ADDRESS, hello.observedAddress());
    if (hello.check()) {
      out.writeShort(FIELD_CHECK).writeShort(0);
    }
    byte[] frame = new byte[out.readableBytes()];
    out.readBytes(frame);
    return frame;
  }

  private static void writeText(ByteBuf out, int type, @Nullable String text) {
    if (text != null) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeShort(type).writeShort(bytes.length).writeBytes(bytes);
    }
  }

  /**
   * Reads the frame. Fields of unknown types are skipped.
   *
   * @throws MalformedFrameException if it is no HELLO
   */
  public static Hello read(byte[] frame) throws MalformedFrameException {
    require(frame.length >= FIXED_BYTES && frame.length <= MAX_BYTES, "length", frame.length);
    ByteBuf in = Unpooled.wrappedBuffer(frame);
    int kind = in.readUnsignedByte();
    require(kind == KIND, "kind", kind);
    int lowest = in.readUnsignedByte();
    int highest = in.readUnsignedByte();
    require(lowest >= 1 && lowest <= highest, "versions from", lowest);
    int role = in.readUnsignedByte();
    require(role <= 1, "role", role);
    Bytes32 publicKey = readBytes32(in);
    Bytes32 random = readBytes32(in);
    Fields fields = new Fields();
    while (in.isReadable()) {
      fields.read(in);
    }
    return new Hello(
        lowest,
        highest,
        role == 1,
        publicKey,
        random,
        fields.url,
        fields.authority,
        fields.maxPayloadBytes,
        fields.observedAddress,
        fields.check);
  }

  private static Bytes32 readBytes32(ByteBuf in) {
    byte[] bytes = new byte[Bytes32.LENGTH];
    in.readBytes(bytes);
    return Bytes32.of(bytes);
  }

  private static void require(boolean fits, String what, int value) throws MalformedFrameException {
    if (!fits) {
      throw new MalformedFrameException("HELLO: " + what + ": " + value + " (expected: another)");
    }
  }

  /** The variable part; each known field may stand once. */
  private static final class Fields {
    private @Nullable String url;
    private @Nullable String authority;
    private @Nullable String observedAddress;
    private int maxPayloadBytes = DEFAULT_MAX_PAYLOAD_BYTES;
    private boolean check;
    private int seen;

    void read(ByteBuf in) throws MalformedFrameException {
      require(in.readableBytes() >= FIELD_HEADER_BYTES, "bytes left", in.readableBytes());
      int type = in.readUnsignedShort();
      int length = in.readUnsignedShort();
      require(length <= in.readableBytes(), "length of field", length);
      ByteBuf value = in.readSlice(length);
      switch (type) {
        case FIELD_URL -> url = text(type, value, MAX_URL_BYTES);
        case FIELD_AUTHORITY -> authority = text(type, value, MAX_AUTHORITY_BYTES);
        case FIELD_OBSERVED_ADDRESS -> observedAddress = text(type, value, MAX_ADDRESS_BYTES);
        case FIELD_MAX_PAYLOAD -> {
          once(type);
          require(length == Integer.BYTES, "length of field 3", length);
          maxPayloadBytes = value.readInt();
          require(maxPayloadBytes >= 0, "largest payload", maxPayloadBytes);
        }
        case FIELD_CHECK -> {
          once(type);
          require(length == 0, "length of field 6", length);
          check = true;
        }
        default -> value.skipBytes(length);
      }
    }

    private String text(int type, ByteBuf value, int maxBytes) throws MalformedFrameException {
      once(type);
      require(value.readableBytes() <= maxBytes, "length of field", value.readableBytes());
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(value.nioBuffer()).toString();
      } catch (CharacterCodingException e) {
        throw new MalformedFrameException("HELLO: field " + type + ": no UTF-8 (expected: UTF-8)");
      }
    }

    private void once(int type) throws MalformedFrameException {
      require((seen & 1 << type) == 0, "second field of type", type);
      seen |= 1 << type;
    }
  }
}
