package org.peerrelay.presence;

/** Why a member has no link with another one, or no longer. */
public enum DisconnectReason {
  /** Another reason, of a later version. */
  OTHER(0),
  /** It has as many as it may. The answer to a request. */
  FULL(1),
  /** It leaves the presence. */
  GOODBYE(2),
  /** It knows of no link: the answer to a frame that takes one. */
  NOT_LINKED(3),
  /** It has given up the link for a member that had none. */
  REPLACED(4),
  /** It has heard nothing for too long. */
  SILENT(5),
  /** The other end has pushed a forged record. */
  FORGED(6);

  private final int code;

  DisconnectReason(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static DisconnectReason of(int code) {
    for (DisconnectReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return OTHER;
  }
}
