package org.peerrelay.overlay;

/** Why no direct link with a peer came about. */
public enum ConnectFailure {
  /** The id is this node's own. */
  SELF,
  /** No answer to the offer within its time: no such peer, or it does not want to. */
  NO_ANSWER,
  /** The peer listens nowhere, and did not dial this node either, if that can be dialed. */
  NOT_REACHABLE,
  /** Its address is private, and this node may not dial private addresses it is told of. */
  NOT_ALLOWED,
  /** Nothing answered at its address, or not in WebSocket, or not in time. */
  DIAL_FAILED,
  /** Another peer answered at its address. */
  WRONG_PEER,
  /** The node has been closed. */
  CLOSED
}
