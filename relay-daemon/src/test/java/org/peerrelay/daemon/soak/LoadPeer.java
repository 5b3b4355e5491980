package org.peerrelay.daemon.soak;

import java.io.Closeable;
import java.io.IOException;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/** A peer that does nothing but send and receive, as fast as the relay can. For one thread. */
interface LoadPeer extends Closeable {
  /** A user's message. */
  record Arrival(PeerId from, long nonce, Payload payload) {}

  /** Its id. */
  PeerId id();

  /** Takes a message to send; {@link #flush} sends it. */
  void write(PeerId to, long nonce, Payload payload);

  /** Sends what was written. */
  void flush() throws IOException;

  /** Waits for the next message of a user. */
  Arrival read() throws IOException;
}
