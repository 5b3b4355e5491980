package org.peerrelay.channel;

import org.jspecify.annotations.Nullable;

/**
 * Is told what happens in a channel: one call at a time, on a thread of the HTTP client, which must
 * not be blocked.
 */
public interface SignalListener {
  /**
   * This end is in the channel; the first event.
   *
   * @param id the channel's id, by which others join it
   * @param cid this member's id
   * @param token what proves that signals are this member's; a secret
   */
  default void onConnect(String id, String cid, String token) {}

  /** Somebody, perhaps this end, has sent this JSON to everybody or to this end. */
  default void onSignal(String json) {}

  /** The member {@code cid} has come; only the owner is told. */
  default void onJoin(String cid) {}

  /** The member {@code cid} has gone; only the owner is told. */
  default void onLeave(String cid) {}

  /**
   * The last call: this end is no longer in the channel.
   *
   * @param failure why; null if the channel ended or this end was closed
   */
  default void onClose(@Nullable Throwable failure) {}
}
