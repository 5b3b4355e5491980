package org.peerrelay.wire.legacy;

import org.jspecify.annotations.Nullable;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.MalformedFrameException;

/**
 * A datagram as it came in: its header, and the text of its {@code data} member, which a relay
 * passes on as it is. Immutable as long as nobody writes to the frame's array.
 */
public final class LegacyDatagram {
  /** A part of the frame's text; absent members have no slice. */
  record Slice(int start, int end) {
    int length() {
      return end - start;
    }
  }

  private final Header header;
  private final @Nullable Message control;
  private final byte[] frame;
  private final Slice data;
  private final @Nullable Slice payload;

  LegacyDatagram(
      Header header, @Nullable Message control, byte[] frame, Slice data, @Nullable Slice payload) {
    this.header = header;
    this.control = control;
    this.frame = frame;
    this.data = data;
    this.payload = payload;
  }

  /** What a relay needs to know. */
  public Header header() {
    return header;
  }

  /** The content of a control datagram; null for users' messages and unknown types. */
  public @Nullable Message control() {
    return control;
  }

  /** The content as the receiver understands it; null for an unknown type. */
  public @Nullable Message message() {
    return switch (header.kind()) {
      case USER -> new Message.User(readPayload());
      default -> control;
    };
  }

  /** Length of the whole frame in bytes. */
  public int sizeBytes() {
    return frame.length;
  }

  byte[] frame() {
    return frame;
  }

  /** Where the whole {@code data} member stands in the frame. */
  Slice data() {
    return data;
  }

  private Payload readPayload() {
    if (payload == null) {
      return Payload.undefined();
    }
    try {
      return LegacyPayloads.read(frame, payload);
    } catch (MalformedFrameException impossible) {
      throw new IllegalStateException("payload was checked when the frame was read", impossible);
    }
  }
}
