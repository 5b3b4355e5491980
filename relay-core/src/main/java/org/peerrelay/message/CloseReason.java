package org.peerrelay.message;

/**
 * Why a link is closed, with the WebSocket close code (RFC 6455, section 7.4) that tells the other
 * end. Codes from 4000 are this project's own.
 */
public enum CloseReason {
  /** The peer, or the application above it, asked for it. */
  DISCONNECTED(1000, "disconnected"),
  /** The node shuts down. */
  GOING_AWAY(1001, "going away"),
  /** A frame of another protocol than the link's, or a legacy peer where none is taken. */
  UNSUPPORTED(1003, "another protocol is spoken here"),
  /** A frame that is no JSON, or a first frame that is no id. */
  MALFORMED(1007, "malformed frame"),
  /** A frame over the limit. */
  TOO_LARGE(1009, "frame too large"),
  /** The socket failed, or an error of this node's own. */
  BROKEN(1011, "connection failed"),
  /** No TLS came of it. It is never sent: there is nothing to send it in. */
  TLS_FAILED(1015, "no TLS"),
  /** As many links as the node may have. */
  FULL(1013, "no room for another link"),
  /** The id is held by another live link. */
  DUPLICATE_ID(4001, "id is linked already"),
  /** The node has dialed itself. */
  SELF(4002, "linked with itself"),
  /** Nothing came for too long. */
  SILENT(4003, "nothing heard"),
  /** The id did not come in time. */
  HANDSHAKE_TIMEOUT(4004, "no id in time"),
  /** Both ends dialed each other at once; one of them will dial again. */
  CROSSED(4005, "links crossed"),
  /** A dialed address turned out to be another peer than the one it was said to be. */
  WRONG_PEER(4006, "another peer was expected"),
  /** A newer link has proven the same id. */
  REPLACED(4007, "replaced by a newer link"),
  /**
   * A relay too many: it has found others meanwhile, and takes a place that a newcomer needs. Or a
   * leaf has as many as it wants.
   */
  SURPLUS(4008, "enough relays are linked"),
  /** The dialer has only looked who answers here. */
  CHECKED(4009, "only checked"),
  /** The two ends speak no common version of the protocol. */
  NO_COMMON_VERSION(4010, "no common version"),
  /** The other end has dialed a name that is not ours: somebody else has passed it on. */
  WRONG_NAME(4011, "dialed under another name"),
  /** A proof that does not prove the id. */
  BAD_PROOF(4012, "proof does not hold"),
  /** The other end is alive, but does not pass on what it should. */
  NOT_FORWARDING(4013, "datagrams do not come through"),
  /** A leaf has another link into the same network. */
  SAME_NETWORK(4014, "linked with that network already"),
  /** Who is at the other end may not link here: its id, its address, or somebody was asked. */
  NOT_ALLOWED(4015, "not allowed here");

  private final int code;
  private final String text;

  CloseReason(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The WebSocket close code. */
  public int code() {
    return code;
  }

  /** What the close frame says, plain ASCII of less than 123 bytes. */
  public String text() {
    return text;
  }
}
