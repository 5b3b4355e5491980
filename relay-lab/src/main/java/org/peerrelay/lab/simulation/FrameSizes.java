package org.peerrelay.lab.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Pointer;

/** How many bytes frames would take if they were written, without writing them. */
final class FrameSizes {
  private static final int SMALL = 126;
  private static final int MEDIUM = 65_536;
  private static final int MASK_BYTES = 4;

  /** Kind, versions, role, key and random bytes. */
  private static final int HELLO_FIXED = 4 + 32 + 32;

  /** Of a datagram in the legacy format, all but path, nonce and data. */
  private static final int LEGACY_FIXED =
      "{'to':'','from':'','path':[],'nonce':'','data':}".length();

  private static final int QUOTED_ID = PeerId.HEX_DIGITS + 2;

  /**
   * Of a payload's bytes in JSON: {@code {"type":"Buffer","data":[...]}} and most of its numbers.
   */
  private static final int NODE_BUFFER = "{'type':'Buffer','data':[]}".length();

  /** A number below 256 and its comma, on average. */
  private static final double NODE_BUFFER_BYTE = 3.57;

  private FrameSizes() {}

  /** A WebSocket frame with so many bytes in it. */
  static int webSocketBytes(int content, boolean masked) {
    int head = content < SMALL ? 2 : content < MEDIUM ? 4 : 10;
    return head + (masked ? MASK_BYTES : 0) + content;
  }

  /**
   * HELLO and PROOF of one end of a link.
   *
   * @param url where the end can be dialed; null if nowhere
   * @param address of a dialer the authority that it has dialed, of the other end what it sees
   */
  static int openingBytes(@Nullable String url, String address, boolean masked) {
    int hello = HELLO_FIXED + field(Integer.BYTES) + field(address.length());
    int shown = url == null ? 0 : field(url.length());
    return webSocketBytes(hello + shown, masked)
        + webSocketBytes(1 + Identity.SIGNATURE_BYTES, masked);
  }

  private static int field(int valueBytes) {
    return 2 * Short.BYTES + valueBytes;
  }

  /** The host and port in a URL. */
  static String authority(@Nullable String url) {
    return url == null ? "" : url.substring(url.indexOf("//") + 2);
  }

  /** The content of a datagram in protocol 2. */
  static int contentBytes(Message message) {
    if (message instanceof Message.User user) {
      return user.payload().sizeBytes();
    }
    if (message instanceof Message.FindPeers) {
      return PeerId.BYTES;
    }
    if (message instanceof Message.FoundPeers found) {
      return PeerId.BYTES * found.ids().size();
    }
    if (message instanceof Message.HandshakeAnswer answer) {
      String url = answer.url();
      return 1 + (url == null ? 0 : url.length());
    }
    if (message instanceof Message.Notice notice) {
      return Short.BYTES + Long.BYTES + PeerId.BYTES + idBytes(notice.via());
    }
    if (message instanceof Message.Publish publish) {
      return 1 + pointerBytes(publish.pointer());
    }
    if (message instanceof Message.Locate) {
      return 2 * PeerId.BYTES;
    }
    if (message instanceof Message.Located located) {
      return pointerBytes(located.pointer());
    }
    if (message instanceof Message.Pong) {
      return Long.BYTES;
    }
    if (message instanceof Message.TraceHop hop) {
      return Long.BYTES + 2 + idBytes(hop.next());
    }
    return 0;
  }

  private static int idBytes(@Nullable PeerId id) {
    return id == null ? 0 : PeerId.BYTES;
  }

  private static int pointerBytes(Pointer pointer) {
    int fixed = 1 + Short.BYTES + Long.BYTES + PeerId.BYTES;
    int seal = pointer.isSigned() ? Identity.PUBLIC_KEY_BYTES + Identity.SIGNATURE_BYTES : 0;
    return fixed + PeerId.BYTES * pointer.relays().size() + seal;
  }

  /** A datagram in the legacy format, its path as it goes out. */
  static int legacyBytes(Header header, Message message) {
    int ids = 2 * PeerId.HEX_DIGITS + listLength(header.path());
    return LEGACY_FIXED + ids + Long.toString(header.nonce()).length() + dataLength(message);
  }

  private static int listLength(List<PeerId> ids) {
    return ids.size() * QUOTED_ID + Math.max(0, ids.size() - 1);
  }

  private static int dataLength(Message message) {
    int type = "{'type':''}".length() + legacyName(message.kind()).length();
    int data = ",'data':".length();
    if (message instanceof Message.User user) {
      return type + (user.payload().kind() == Payload.Kind.UNDEFINED ? 0 : data + length(user));
    }
    if (message instanceof Message.FindPeers) {
      return type + data + QUOTED_ID;
    }
    if (message instanceof Message.FoundPeers found) {
      return type + data + 2 + listLength(found.ids());
    }
    if (message instanceof Message.HandshakeAnswer answer) {
      String url = answer.url();
      int shown = url == null ? "null".length() : url.length() + 2;
      return type + data + "{'ws':,'wrtc':false}".length() + shown;
    }
    return type;
  }

  private static String legacyName(MessageKind kind) {
    return switch (kind) {
      case FIND_PEERS -> "findPeers";
      case FOUND_PEERS -> "foundPeers";
      case HANDSHAKE_OFFER -> "handshake-offer";
      case HANDSHAKE_ANSWER -> "handshake-answer";
      default -> "user";
    };
  }

  private static int length(Message.User user) {
    Payload payload = user.payload();
    return payload.kind() == Payload.Kind.JSON
        ? payload.sizeBytes()
        : NODE_BUFFER + (int) (NODE_BUFFER_BYTE * payload.sizeBytes());
  }
}
