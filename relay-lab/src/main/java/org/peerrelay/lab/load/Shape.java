package org.peerrelay.lab.load;

/**
 * How one kind of relay is spoken to: what a client asks for when it connects, and what it then
 * says. Used by all threads of a generator, so immutable.
 */
public interface Shape {
  /** A short name for tables. */
  String name();

  /** What client number {@code client} asks for in its HTTP upgrade. */
  Upgrade upgrade(int client);

  /**
   * The state of client number {@code client} in the protocol above WebSocket, at its beginning.
   */
  Session session(int client);
}
