package org.peerrelay.wire.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.DialableUrl;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;

/**
 * What stands behind the header of a protocol 2 datagram, by kind (docs/protocol.md, section 5).
 */
public final class BinaryContents {
  private static final int WEBRTC = 0x01;
  private static final int MAX_URL_BYTES = 512;

  private BinaryContents() {}

  /** The code of a kind. */
  public static int code(MessageKind kind) {
    return switch (kind) {
      case USER -> 1;
      case FIND_PEERS -> 2;
      case FOUND_PEERS -> 3;
      case HANDSHAKE_OFFER -> 4;
      case HANDSHAKE_ANSWER -> 5;
      case SIGNAL -> 6;
      case NOTICE -> 7;
      case POINTER -> 8;
      case LOCATE -> 9;
      case LOCATED -> 10;
      case PING -> 11;
      case PONG -> 12;
      case TRACE -> 13;
      case TRACE_HOP -> 14;
      case SWARM_PUBLISH -> 15;
      case SWARM_NEWS -> 16;
      case SWARM_SYNC -> 17;
      case SWARM_CAST -> 18;
      case SWARM_DATA -> 19;
      case SWARM_FAN_OUT -> 20;
      case OTHER -> 21;
    };
  }

  /** The kind of a code; {@link MessageKind#OTHER} if this version does not know it. */
  public static MessageKind kind(int code) {
    return switch (code) {
      case 1 -> MessageKind.USER;
      case 2 -> MessageKind.FIND_PEERS;
      case 3 -> MessageKind.FOUND_PEERS;
      case 4 -> MessageKind.HANDSHAKE_OFFER;
      case 5 -> MessageKind.HANDSHAKE_ANSWER;
      case 6 -> MessageKind.SIGNAL;
      case 7 -> MessageKind.NOTICE;
      case 8 -> MessageKind.POINTER;
      case 9 -> MessageKind.LOCATE;
      case 10 -> MessageKind.LOCATED;
      case 11 -> MessageKind.PING;
      case 12 -> MessageKind.PONG;
      case 13 -> MessageKind.TRACE;
      case 14 -> MessageKind.TRACE_HOP;
      case 15 -> MessageKind.SWARM_PUBLISH;
      case 16 -> MessageKind.SWARM_NEWS;
      case 17 -> MessageKind.SWARM_SYNC;
      case 18 -> MessageKind.SWARM_CAST;
      case 19 -> MessageKind.SWARM_DATA;
      case 20 -> MessageKind.SWARM_FAN_OUT;
      default -> MessageKind.OTHER;
    };
  }

  /** The flags that go with {@code message}. */
  public static int flags(Message message) {
    boolean json =
        message instanceof Message.User user
            ? user.payload().kind() != Payload.Kind.BYTES
            : message instanceof Message.Signal;
    return json ? DatagramLayout.FLAG_JSON : 0;
  }

  /** The bytes that stand for {@code message}. */
  public static byte[] write(Message message) {
    if (message instanceof Message.User user) {
      return user.payload().toBytes();
    }
    if (message instanceof Message.FindPeers find) {
      return find.target().toBytes();
    }
    if (message instanceof Message.FoundPeers found) {
      ByteBuf out = Unpooled.buffer(PeerId.BYTES * found.ids().size());
      found.ids().forEach(id -> out.writeBytes(id.toBytes()));
      return out.array();
    }
    if (message instanceof Message.HandshakeAnswer answer) {
      String url = answer.url() == null ? "" : answer.url();
      byte[] text = url.getBytes(StandardCharsets.UTF_8);
      byte[] content = new byte[1 + text.length];
      content[0] = (byte) (answer.webRtc() ? WEBRTC : 0);
      System.arraycopy(text, 0, content, 1, text.length);
      return content;
    }
    if (message instanceof Message.Signal signal) {
      return signal.json().getBytes(StandardCharsets.UTF_8);
    }
    byte[] swarm = SwarmContents.write(message);
    return swarm == null ? ControlContents.write(message) : swarm;
  }

  /**
   * The message that {@code content} stands for; null for a kind that this version does not know.
   *
   * @throws UnfitDatagramException if it is not what the kind demands
   */
  public static @Nullable Message read(MessageKind kind, int flags, byte[] content)
      throws UnfitDatagramException {
    return switch (kind) {
      case USER -> new Message.User(payload(flags, content));
      case FIND_PEERS -> new Message.FindPeers(id(content));
      case FOUND_PEERS -> new Message.FoundPeers(ids(content));
      case HANDSHAKE_OFFER -> new Message.HandshakeOffer();
      case HANDSHAKE_ANSWER -> answer(content);
      case SIGNAL -> signal(flags, content);
      case NOTICE -> ControlContents.notice(content);
      case POINTER -> ControlContents.publish(content);
      case LOCATE -> ControlContents.locate(content);
      case LOCATED -> ControlContents.located(content);
      case PING -> new Message.Ping();
      case PONG -> ControlContents.pong(content);
      case TRACE -> new Message.Trace();
      case TRACE_HOP -> ControlContents.traceHop(content);
      case SWARM_PUBLISH -> SwarmContents.publish(content);
      case SWARM_NEWS -> SwarmContents.news(content);
      case SWARM_SYNC -> SwarmContents.sync(content);
      case SWARM_CAST -> SwarmContents.data(true, content);
      case SWARM_DATA -> SwarmContents.data(false, content);
      case SWARM_FAN_OUT -> new Message.SwarmFanOut(SwarmContents.data(true, content));
      case OTHER -> null;
    };
  }

  private static Payload payload(int flags, byte[] content) throws UnfitDatagramException {
    if ((flags & DatagramLayout.FLAG_JSON) == 0) {
      return Payload.bytes(content);
    }
    return content.length == 0 ? Payload.undefined() : Payload.json(json(content));
  }

  /** Relays do not look into contents, so that what claims to be JSON may be anything. */
  private static String json(byte[] content) throws UnfitDatagramException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      JsonScanner json = new JsonScanner(content, 0, content.length);
      json.skipValue();
      json.expectEnd();
      return text;
    } catch (CharacterCodingException e) {
      throw malformed("JSON content: no UTF-8 (expected: UTF-8)");
    } catch (MalformedFrameException e) {
      throw malformed("JSON content: " + e.getMessage());
    }
  }

  private static PeerId id(byte[] content) throws UnfitDatagramException {
    if (content.length != PeerId.BYTES) {
      throw malformed("target: " + content.length + " bytes (expected: " + PeerId.BYTES + ")");
    }
    return PeerId.ofBytes(content);
  }

  private static List<PeerId> ids(byte[] content) throws UnfitDatagramException {
    if (content.length % PeerId.BYTES != 0
        || content.length > Message.MAX_FOUND_PEERS * PeerId.BYTES) {
      throw malformed("found peers: " + content.length + " bytes (expected: up to 20 ids)");
    }
    List<PeerId> ids = new ArrayList<>();
    for (int i = 0; i < content.length; i += PeerId.BYTES) {
      ids.add(PeerId.ofBytes(Arrays.copyOfRange(content, i, i + PeerId.BYTES)));
    }
    return ids;
  }

  private static Message answer(byte[] content) throws UnfitDatagramException {
    if (content.length == 0 || content.length > 1 + MAX_URL_BYTES) {
      throw malformed("answer: " + content.length + " bytes (expected: 1 to 513)");
    }
    String url = new String(content, 1, content.length - 1, StandardCharsets.US_ASCII);
    if (!url.isEmpty() && !DialableUrl.isOne(url)) {
      throw malformed("URL: no such address can be dialed (expected: ws://HOST[:PORT])");
    }
    return new Message.HandshakeAnswer(url.isEmpty() ? null : url, (content[0] & WEBRTC) != 0);
  }

  private static Message signal(int flags, byte[] content) throws UnfitDatagramException {
    if ((flags & DatagramLayout.FLAG_JSON) == 0) {
      throw malformed("signal: bytes (expected: JSON)");
    }
    String json = json(content);
    if (!json.stripLeading().startsWith("{")) {
      throw malformed("signal: no object (expected: one)");
    }
    return new Message.Signal(json);
  }

  private static UnfitDatagramException malformed(String detail) {
    return new UnfitDatagramException(DropReason.MALFORMED, detail);
  }
}
