package org.peerrelay.wire.legacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.wire.DialableUrl;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.legacy.LegacyDatagram.Slice;

/** The {@code type} names of the legacy format, and the shape that each one's content must have. */
final class LegacyTypes {
  private static final int MAX_URL = 512;

  private LegacyTypes() {}

  static MessageKind kind(String type) {
    return switch (type) {
      case "user" -> MessageKind.USER;
      case "findPeers" -> MessageKind.FIND_PEERS;
      case "foundPeers" -> MessageKind.FOUND_PEERS;
      case "handshake-offer" -> MessageKind.HANDSHAKE_OFFER;
      case "handshake-answer" -> MessageKind.HANDSHAKE_ANSWER;
      case "signal" -> MessageKind.SIGNAL;
      default -> MessageKind.OTHER;
    };
  }

  static String name(MessageKind kind) {
    return switch (kind) {
      case USER -> "user";
      case FIND_PEERS -> "findPeers";
      case FOUND_PEERS -> "foundPeers";
      case HANDSHAKE_OFFER -> "handshake-offer";
      case HANDSHAKE_ANSWER -> "handshake-answer";
      case SIGNAL -> "signal";
      default ->
          throw new IllegalArgumentException("message kind: " + kind + " (expected: a legacy one)");
    };
  }

  /** Reads the content of a control datagram; null for users' messages and unknown types. */
  static @Nullable Message readControl(MessageKind kind, byte[] frame, @Nullable Slice content)
      throws MalformedFrameException, UnfitDatagramException {
    if (kind == MessageKind.USER || kind == MessageKind.OTHER) {
      return null;
    }
    if (kind == MessageKind.HANDSHAKE_OFFER) {
      return new Message.HandshakeOffer();
    }
    if (content == null) {
      throw malformed("data.data of " + name(kind) + ": none (expected: one)");
    }
    JsonScanner json = new JsonScanner(frame, content.start(), content.end());
    return switch (kind) {
      case FIND_PEERS -> new Message.FindPeers(LegacyIds.readHex(json));
      case FOUND_PEERS -> new Message.FoundPeers(readIds(json));
      case HANDSHAKE_ANSWER -> readAnswer(json);
      default -> readSignal(json, frame, content);
    };
  }

  private static List<PeerId> readIds(JsonScanner json)
      throws MalformedFrameException, UnfitDatagramException {
    List<PeerId> ids = new ArrayList<>();
    if (!json.passes('[')) {
      throw malformed("ids of foundPeers: no array (expected: one)");
    }
    if (!json.passes(']')) {
      do {
        if (ids.size() == Message.MAX_FOUND_PEERS) {
          throw malformed(
              "ids of foundPeers: over " + Message.MAX_FOUND_PEERS + " (expected: fewer)");
        }
        ids.add(LegacyIds.readHex(json));
      } while (json.passes(','));
      json.expect(']');
    }
    return ids;
  }

  private static Message readAnswer(JsonScanner json)
      throws MalformedFrameException, UnfitDatagramException {
    String url = null;
    boolean webRtc = false;
    if (!json.passes('{')) {
      throw malformed("handshake-answer: no object (expected: one)");
    }
    boolean urlSeen = false;
    boolean webRtcSeen = false;
    if (!json.passes('}')) {
      do {
        String name = json.plainString(MAX_URL);
        json.expect(':');
        if (name.equals("ws") && !urlSeen) {
          urlSeen = true;
          url = readUrl(json);
        } else if (name.equals("wrtc") && !webRtcSeen) {
          webRtcSeen = true;
          webRtc = readBoolean(json);
        } else {
          throw malformed("handshake-answer: member " + name + " (expected: ws and wrtc, once)");
        }
      } while (json.passes(','));
      json.expect('}');
    }
    return new Message.HandshakeAnswer(url, webRtc);
  }

  private static @Nullable String readUrl(JsonScanner json)
      throws MalformedFrameException, UnfitDatagramException {
    if (json.peek() == 'n') {
      json.skipValue();
      return null;
    }
    String url = json.plainString(MAX_URL);
    if (!DialableUrl.isOne(url)) {
      throw malformed("ws: no such address can be dialed (expected: ws://HOST[:PORT])");
    }
    return url;
  }

  private static boolean readBoolean(JsonScanner json)
      throws MalformedFrameException, UnfitDatagramException {
    int first = json.peek();
    if (first != 't' && first != 'f') {
      throw malformed("wrtc: another type (expected: true or false)");
    }
    json.skipValue();
    return first == 't';
  }

  private static Message readSignal(JsonScanner json, byte[] frame, Slice content)
      throws UnfitDatagramException {
    if (json.peek() != '{') {
      throw malformed("signal: no object (expected: one)");
    }
    return new Message.Signal(
        new String(frame, content.start(), content.length(), StandardCharsets.UTF_8));
  }

  static UnfitDatagramException malformed(String detail) {
    return new UnfitDatagramException(DropReason.MALFORMED, detail);
  }
}
