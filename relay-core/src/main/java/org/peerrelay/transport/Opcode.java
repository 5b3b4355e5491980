package org.peerrelay.transport;

/** The first byte of a WebSocket frame (RFC 6455, section 5.2). */
final class Opcode {
  /** Of all the bits: the frame is the last of its message. */
  static final int FIN = 0x80;

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private Opcode() {}

  static boolean isControl(int opcode) {
    return opcode >= CLOSE;
  }

  static boolean isKnown(int opcode) {
    return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
  }
}
