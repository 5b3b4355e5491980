package org.peerrelay.presence;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Accept;
import org.peerrelay.presence.PresenceFrame.Alive;
import org.peerrelay.presence.PresenceFrame.Announce;
import org.peerrelay.presence.PresenceFrame.AnnounceOnly;
import org.peerrelay.presence.PresenceFrame.Answer;
import org.peerrelay.presence.PresenceFrame.Ask;
import org.peerrelay.presence.PresenceFrame.AskPages;
import org.peerrelay.presence.PresenceFrame.Digest;
import org.peerrelay.presence.PresenceFrame.Disconnect;
import org.peerrelay.presence.PresenceFrame.Fetch;
import org.peerrelay.presence.PresenceFrame.Page;
import org.peerrelay.presence.PresenceFrame.PeerVersions;
import org.peerrelay.presence.PresenceFrame.Push;
import org.peerrelay.presence.PresenceFrame.Versions;

/**
 * Frames of presence as bytes; docs/protocol.md has the tables. Every number is big-endian, the
 * first byte is the kind, and a frame has no bytes beyond its fields.
 */
public final class FrameCodec {
  private static final int ASK = 1;
  private static final int ACCEPT = 2;
  private static final int DISCONNECT = 3;
  private static final int ALIVE = 4;
  private static final int PUSH = 5;
  private static final int ANSWER = 6;
  private static final int ANNOUNCE = 7;
  private static final int FETCH = 8;
  private static final int ANNOUNCE_ONLY = 9;
  private static final int DIGEST = 10;
  private static final int VERSIONS = 11;
  private static final int ASK_PAGES = 12;
  private static final int PAGE = 13;

  private static final int FLAG = 1;
  private static final int BYTE = 0xff;

  private FrameCodec() {}

  /** The bytes of a frame, in a new array. */
  public static byte[] encode(PresenceFrame frame) {
    ByteBuffer out = ByteBuffer.allocate(frame.encodedBytes());
    if (frame instanceof Push push) {
      put(out.put((byte) PUSH), push.records());
    } else if (frame instanceof Answer answer) {
      put(out.put((byte) ANSWER), answer.records());
    } else if (frame instanceof Announce announce) {
      putIds(out.put((byte) ANNOUNCE), announce.records());
    } else if (frame instanceof Fetch fetch) {
      putIds(out.put((byte) FETCH).put(flag(fetch.graft())), fetch.records());
    } else if (frame instanceof Digest digest) {
      out.put((byte) DIGEST);
      for (int part = 0; part < RecordStore.PARTS; part++) {
        out.putLong(digest.sum(part));
      }
    } else if (frame instanceof Versions versions) {
      put(out.put((byte) VERSIONS), versions);
    } else if (frame instanceof Page page) {
      put(out.put((byte) PAGE).putInt(page.cursor()).putInt(page.next()), page.records());
    } else {
      putShort(out, frame);
    }
    return out.array();
  }

  private static void putShort(ByteBuffer out, PresenceFrame frame) {
    if (frame instanceof Ask ask) {
      out.put((byte) ASK).put(flag(ask.urgent()));
    } else if (frame instanceof Accept) {
      out.put((byte) ACCEPT);
    } else if (frame instanceof Disconnect disconnect) {
      out.put((byte) DISCONNECT).put((byte) disconnect.reason().code());
    } else if (frame instanceof Alive alive) {
      out.put((byte) ALIVE).putLong(alive.summary());
    } else if (frame instanceof AnnounceOnly) {
      out.put((byte) ANNOUNCE_ONLY);
    } else if (frame instanceof AskPages ask) {
      out.put((byte) ASK_PAGES).putInt(ask.cursor()).put((byte) ask.pages());
    }
  }

  private static byte flag(boolean set) {
    return (byte) (set ? FLAG : 0);
  }

  private static void put(ByteBuffer out, List<SignedRecord> records) {
    for (SignedRecord record : records) {
      out.put((byte) record.kind().code());
      put(out, record.peer());
      out.putLong(record.version());
      record.putContent(out);
      out.put(record.signature());
    }
  }

  private static void putIds(ByteBuffer out, List<RecordId> ids) {
    for (RecordId id : ids) {
      out.put((byte) id.kind().code());
      put(out, id.peer());
      out.putLong(id.version());
    }
  }

  private static void put(ByteBuffer out, Versions versions) {
    out.putShort((short) versions.parts().size());
    versions.parts().forEach(part -> out.put(part.byteValue()));
    for (PeerVersions peer : versions.peers()) {
      put(out, peer.peer());
      out.putLong(peer.links()).putLong(peer.data());
    }
  }

  /** Writes the 20 bytes of an id. */
  static void put(ByteBuffer out, PeerId id) {
    out.putLong(id.high()).putLong(id.middle()).putInt(id.low());
  }

  /**
   * Reads a frame; empty if it is of a kind that a later version may know.
   *
   * @throws MalformedPresenceException if it is not in the format
   */
  public static Optional<PresenceFrame> decode(byte[] bytes) throws MalformedPresenceException {
    if (bytes.length > PresenceFrame.MAX_BYTES) {
      throw FrameReader.malformed(
          "frame length", bytes.length + " bytes", "at most " + PresenceFrame.MAX_BYTES);
    }
    FrameReader in = new FrameReader(bytes);
    int kind = in.number("kind", BYTE);
    if (kind < ASK || kind > PAGE) {
      return Optional.empty();
    }
    PresenceFrame frame = frame(kind, in);
    if (in.hasMore()) {
      throw FrameReader.malformed("frame length", bytes.length + " bytes", "no more than fields");
    }
    return Optional.of(frame);
  }

  private static PresenceFrame frame(int kind, FrameReader in) throws MalformedPresenceException {
    return switch (kind) {
      case ASK -> new Ask(in.number("flags", FLAG) == FLAG);
      case ACCEPT -> new Accept();
      case DISCONNECT -> new Disconnect(DisconnectReason.of(in.number("reason", BYTE)));
      case ALIVE -> new Alive(in.bits("summary"));
      case PUSH -> new Push(in.records());
      case ANSWER -> new Answer(in.records());
      case ANNOUNCE -> new Announce(in.recordIds());
      case FETCH -> new Fetch(in.number("flags", FLAG) == FLAG, in.recordIds());
      case ANNOUNCE_ONLY -> new AnnounceOnly();
      case DIGEST -> digest(in);
      case VERSIONS -> versions(in);
      case ASK_PAGES -> new AskPages(in.cursor(), in.number("pages", BYTE));
      default -> new Page(in.cursor(), in.cursor(), in.records());
    };
  }

  private static Digest digest(FrameReader in) throws MalformedPresenceException {
    long[] sums = new long[RecordStore.PARTS];
    for (int part = 0; part < sums.length; part++) {
      sums[part] = in.bits("sum");
    }
    return new Digest(sums);
  }

  private static Versions versions(FrameReader in) throws MalformedPresenceException {
    int count = in.shortNumber("parts", RecordStore.PARTS);
    List<Integer> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int part = in.number("part", BYTE);
      if (i > 0 && parts.get(i - 1) >= part) {
        throw FrameReader.malformed("parts", "out of order", "ascending numbers");
      }
      parts.add(part);
    }
    List<PeerVersions> peers = new ArrayList<>();
    while (in.hasMore()) {
      peers.add(new PeerVersions(in.peer(), in.version(0), in.version(0)));
    }
    return new Versions(parts, peers);
  }
}
