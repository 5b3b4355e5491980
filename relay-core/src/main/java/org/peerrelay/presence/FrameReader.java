package org.peerrelay.presence;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.peerrelay.id.PeerId;

/** Reads the fields of one frame, and refuses what is not there or out of range. */
final class FrameReader {
  private final ByteBuffer in;

  FrameReader(byte[] frame) {
    this.in = ByteBuffer.wrap(frame);
  }

  boolean hasMore() {
    return in.hasRemaining();
  }

  /** A byte, at most {@code most}. */
  int number(String what, int most) throws MalformedPresenceException {
    need(1, what);
    return checked(what, in.get() & 0xff, most);
  }

  /** Two bytes, at most {@code most}. */
  int shortNumber(String what, int most) throws MalformedPresenceException {
    need(Short.BYTES, what);
    return checked(what, in.getShort() & 0xffff, most);
  }

  private static int checked(String what, int value, int most) throws MalformedPresenceException {
    if (value > most) {
      throw malformed(what, String.valueOf(value), "at most " + most);
    }
    return value;
  }

  long bits(String what) throws MalformedPresenceException {
    need(Long.BYTES, what);
    return in.getLong();
  }

  /** Four bytes, less than 2^31. */
  int cursor() throws MalformedPresenceException {
    need(Integer.BYTES, "cursor");
    int cursor = in.getInt();
    if (cursor < 0) {
      throw malformed("cursor", Integer.toUnsignedString(cursor), "less than 2^31");
    }
    return cursor;
  }

  /** Eight bytes, {@code least} to 2^63 - 1. */
  long version(long least) throws MalformedPresenceException {
    long version = bits("version");
    if (version < least) {
      throw malformed("version", Long.toUnsignedString(version), least + " to 2^63 - 1");
    }
    return version;
  }

  PeerId peer() throws MalformedPresenceException {
    need(PeerId.BYTES, "peer");
    return new PeerId(in.getLong(), in.getLong(), in.getInt());
  }

  List<SignedRecord> records() throws MalformedPresenceException {
    List<SignedRecord> records = new ArrayList<>();
    while (in.hasRemaining()) {
      records.add(record());
    }
    return records;
  }

  private SignedRecord record() throws MalformedPresenceException {
    RecordKind kind = kind();
    PeerId peer = peer();
    long version = version(1);
    if (kind == RecordKind.LINKS) {
      return new LinksRecord(peer, version, neighbours(peer), bytes(SignedRecord.SIGNATURE_BYTES));
    }
    byte[] data = bytes(shortNumber("data length", DataRecord.MAX_BYTES));
    return new DataRecord(peer, version, data, bytes(SignedRecord.SIGNATURE_BYTES));
  }

  private List<PeerId> neighbours(PeerId peer) throws MalformedPresenceException {
    int count = number("links", LinksRecord.MAX_LINKS);
    List<PeerId> neighbours = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      PeerId neighbour = peer();
      if (i > 0 && neighbours.get(i - 1).compareTo(neighbour) >= 0) {
        throw malformed("links", "out of order", "ascending ids");
      }
      if (neighbour.equals(peer)) {
        throw malformed("links", "with itself", "with others");
      }
      neighbours.add(neighbour);
    }
    return neighbours;
  }

  /** At least one. */
  List<RecordId> recordIds() throws MalformedPresenceException {
    List<RecordId> ids = new ArrayList<>(in.remaining() / RecordId.BYTES);
    do {
      ids.add(new RecordId(kind(), peer(), version(1)));
    } while (in.hasRemaining());
    return ids;
  }

  private RecordKind kind() throws MalformedPresenceException {
    int code = number("record kind", 0xff);
    for (RecordKind kind : RecordKind.values()) {
      if (kind.code() == code) {
        return kind;
      }
    }
    throw malformed("record kind", String.valueOf(code), "1 or 2");
  }

  private byte[] bytes(int length) throws MalformedPresenceException {
    need(length, "bytes");
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private void need(int bytes, String what) throws MalformedPresenceException {
    if (in.remaining() < bytes) {
      throw malformed(what, in.remaining() + " bytes left", bytes + " bytes");
    }
  }

  static MalformedPresenceException malformed(String what, String value, String expected) {
    return new MalformedPresenceException(what + ": " + value + " (expected: " + expected + ")");
  }
}
