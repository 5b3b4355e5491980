package org.peerrelay;

/** Why a {@link RelayDatagramSocket} did not hand a message to its receiver. */
public enum SocketDrop {
  /** The message is none of a datagram socket: another application's, or of another form. */
  OTHER_FORM,
  /** The receive buffer was full, as when nobody receives; what came first stays, as with UDP. */
  BUFFER_FULL,
  /** The socket was connected to another peer, or to another port of the same peer. */
  NOT_CONNECTED_TO,
  /**
   * The address of the sender stands for another peer, whose id begins with the same 120 bits.
   * Somebody has made such an id on purpose.
   */
  ADDRESS_TAKEN
}
