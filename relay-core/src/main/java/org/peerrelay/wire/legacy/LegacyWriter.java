package org.peerrelay.wire.legacy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.FrameBuffers;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.legacy.LegacyDatagram.Slice;

/** Writes legacy frames. Ids are always written as hex; the caller owns the returned buffers. */
public final class LegacyWriter {
  /** Room for all but path and data: two ids, the nonce and the members' names. */
  private static final int FIXED_CHARACTERS = 160;

  private static final long ONE_IN_EACH_BYTE = 0x0101_0101_0101_0101L;

  private static final int CHARACTERS_PER_PATH_ENTRY = PeerId.HEX_DIGITS + 3;

  private LegacyWriter() {}

  /** The first frame of a link. */
  public static byte[] hello(PeerId self) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    NodeBuffer.write(self.toBytes(), text);
    return text.toByteArray();
  }

  /** A datagram of this node's own, its path begun with its author. */
  public static ByteBuf originate(ByteBufAllocator allocator, Header header, Message message) {
    byte[] data = data(message);
    return write(allocator, header, header.from(), data, new Slice(0, data.length));
  }

  /** A datagram that came in another format, its path so far in the header. */
  public static ByteBuf relay(
      ByteBufAllocator allocator, Header header, Message message, PeerId self) {
    byte[] data = data(message);
    return write(allocator, header, self, data, new Slice(0, data.length));
  }

  /** A datagram passed on: the same content, {@code self} appended to its path. */
  public static ByteBuf forward(ByteBufAllocator allocator, LegacyDatagram datagram, PeerId self) {
    return write(allocator, datagram.header(), self, datagram.frame(), datagram.data());
  }

  /**
   * Checks that a payload can be sent.
   *
   * @throws IllegalArgumentException if its text is no JSON value, or nests too deeply
   */
  public static void checkPayload(Payload payload) {
    if (payload.kind() != Payload.Kind.JSON) {
      return;
    }
    byte[] text = payload.toBytes();
    try {
      JsonScanner json = new JsonScanner(text, 0, text.length);
      json.skipValue();
      json.expectEnd();
    } catch (MalformedFrameException | UnfitDatagramException e) {
      throw new IllegalArgumentException("payload: no JSON value: " + e.getMessage(), e);
    }
  }

  private static ByteBuf write(
      ByteBufAllocator allocator, Header header, PeerId appended, byte[] frame, Slice data) {
    List<PeerId> path = header.path();
    ByteBuf out =
        FrameBuffers.allocate(
            allocator,
            FIXED_CHARACTERS + CHARACTERS_PER_PATH_ENTRY * (path.size() + 1) + data.length());
    ascii(out, "{\"to\":\"");
    hex(out, header.to());
    ascii(out, "\",\"from\":\"");
    hex(out, header.from());
    ascii(out, "\",\"path\":[\"");
    for (PeerId relay : path) {
      hex(out, relay);
      ascii(out, "\",\"");
    }
    hex(out, appended);
    ascii(out, "\"],\"nonce\":\"");
    ascii(out, Long.toString(header.nonce()));
    ascii(out, "\",\"data\":");
    return out.writeBytes(frame, data.start(), data.length()).writeByte('}');
  }

  private static byte[] data(Message message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(utf8("{\"type\":\"" + LegacyTypes.name(message.kind()) + '"'));
    if (message instanceof Message.User user) {
      if (user.payload().kind() != Payload.Kind.UNDEFINED) {
        out.writeBytes(utf8(",\"data\":"));
        LegacyPayloads.write(user.payload(), out);
      }
    } else if (!(message instanceof Message.HandshakeOffer)) {
      out.writeBytes(utf8(",\"data\":" + controlContent(message)));
    }
    out.write('}');
    return out.toByteArray();
  }

  private static String controlContent(Message message) {
    if (message instanceof Message.FindPeers find) {
      return quoted(find.target().hex());
    }
    if (message instanceof Message.FoundPeers found) {
      return found.ids().stream()
          .map(id -> quoted(id.hex()))
          .collect(Collectors.joining(",", "[", "]"));
    }
    if (message instanceof Message.HandshakeAnswer answer) {
      String url = answer.url();
      String ws = url == null ? "null" : quoted(url);
      return "{\"ws\":" + ws + ",\"wrtc\":" + answer.webRtc() + "}";
    }
    if (message instanceof Message.Signal signal) {
      return signal.json();
    }
    throw new IllegalArgumentException("message: " + message.kind() + " (expected: one to write)");
  }

  /** Ids and URLs, which hold nothing that JSON escapes: both were checked when they came in. */
  private static String quoted(String plain) {
    return '"' + plain + '"';
  }

  private static void hex(ByteBuf out, PeerId id) {
    out.writeLong(hexDigits((int) (id.high() >>> Integer.SIZE)))
        .writeLong(hexDigits((int) id.high()))
        .writeLong(hexDigits((int) (id.middle() >>> Integer.SIZE)))
        .writeLong(hexDigits((int) id.middle()))
        .writeLong(hexDigits(id.low()));
  }

  /** The eight digits of {@code value} as the bytes of a long: all at once, one in each byte. */
  private static long hexDigits(int value) {
    long digits = value & 0xffff_ffffL;
    digits = (digits | digits << 16) & 0x0000_ffff_0000_ffffL;
    digits = (digits | digits << 8) & 0x00ff_00ff_00ff_00ffL;
    digits = (digits | digits << 4) & 0x0f0f_0f0f_0f0f_0f0fL;
    long letters = (digits + 6 * ONE_IN_EACH_BYTE) >>> 4 & ONE_IN_EACH_BYTE;
    return digits + '0' * ONE_IN_EACH_BYTE + ('a' - '9' - 1) * letters;
  }

  private static void ascii(ByteBuf out, String text) {
    ByteBufUtil.writeAscii(out, text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
