package org.peerrelay.daemon.channels;

/**
 * Somebody in a channel.
 *
 * @param id the channel's id
 * @param cid the member's id, which others may know
 * @param token what proves that a signal is this member's; a secret
 * @param stream where its events go
 * @param owner whether it made the channel
 */
record Member<S>(String id, String cid, String token, S stream, boolean owner) {
  /** Without the token. */
  @Override
  public String toString() {
    return "Member[" + id + ", " + cid + "]";
  }
}
