package org.peerrelay.lab.simulation;

/** What a node is in a network. */
enum NodeRole {
  /** It can be dialed, and passes on datagrams. */
  RELAY,
  /** It sends and receives, in protocol 2. */
  LEAF,
  /** It sends and receives, in the legacy format. */
  LEGACY
}
