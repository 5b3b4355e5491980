package org.peerrelay.message;

import org.jspecify.annotations.Nullable;

/** What a relay tells a sender of a datagram that went no further (docs/protocol.md, section 5). */
public enum NoticeCode {
  /** No link leads to the target. */
  NO_SUCH_PEER(1, DropReason.NO_ROUTE),
  /** The receiver reads too slowly, and its queue is full. */
  QUEUE_FULL(2, DropReason.QUEUE_FULL),
  /** It has been passed on as often as it may. */
  HOP_LIMIT(3, DropReason.HOP_LIMIT),
  /** The sender sends more than it may. */
  RATE_LIMITED(4, DropReason.RATE_LIMITED),
  /** It is larger than its way allows. */
  TOO_LARGE(5, DropReason.TOO_LARGE),
  /** The receiver is linked with its relay in the legacy format, which has no such content. */
  UNFIT(6, DropReason.MALFORMED),
  /** The relay that was to have the target does not have it. */
  NOT_HERE(7, DropReason.NOT_HERE);

  private final int code;
  private final DropReason reason;

  NoticeCode(int code, DropReason reason) {
    this.code = code;
    this.reason = reason;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The drop that it tells of. */
  public DropReason reason() {
    return reason;
  }

  /** The notice with a number; null for one that this version does not know. */
  public static @Nullable NoticeCode of(int code) {
    for (NoticeCode notice : values()) {
      if (notice.code == code) {
        return notice;
      }
    }
    return null;
  }

  /** How a sender is told of a drop; null if it is not told. */
  public static @Nullable NoticeCode about(DropReason reason) {
    for (NoticeCode notice : values()) {
      if (notice.reason == reason) {
        return notice;
      }
    }
    return null;
  }
}
