package org.peerrelay.lab.load;

import io.netty.buffer.ByteBuf;

/**
 * One client in the protocol above WebSocket. It tells its connection when it is {@linkplain
 * ClientConnection#ready ready} and which {@linkplain ClientConnection#delivered payloads} came in.
 * Belongs to the event loop of its connection.
 */
public interface Session {
  /** WebSocket stands; says what comes first, if anything. */
  void onOpen(ClientConnection connection);

  /**
   * A message came in: {@code length} bytes of {@code in} from {@code index} on, which hold only
   * during the call.
   */
  void onMessage(ClientConnection connection, ByteBuf in, int index, int length);

  /** Appends to {@code frame} the message that has the relay hand {@code payload} to a client. */
  void writeMessage(int target, byte[] payload, FrameBuffer frame);
}
