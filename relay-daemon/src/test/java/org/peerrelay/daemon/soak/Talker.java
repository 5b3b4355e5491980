package org.peerrelay.daemon.soak;

import java.util.List;
import org.peerrelay.message.Payload;

/** A peer of either kind, in a {@link Conversation}. Ids are 40 hex characters. */
interface Talker extends AutoCloseable {
  /** A message and the id of its author. */
  record Received(String from, Payload payload) {}

  /** Its id. */
  String id();

  /** Hands a message to its library. */
  void send(String to, Payload payload);

  /**
   * Takes the next message, waiting for it.
   *
   * @throws AssertionError if none comes within half a minute
   */
  Received next();

  /** What has come and was not taken. */
  List<Received> rest();

  @Override
  void close();
}
