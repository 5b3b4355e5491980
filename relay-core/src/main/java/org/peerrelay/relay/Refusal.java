package org.peerrelay.relay;

/**
 * What a node has refused or not found to hold, beside datagrams and links, which have their own
 * reasons. Each has a counter.
 */
public enum Refusal {
  /** A pointer that this relay was to hold, while it holds as many as it may. */
  POINTERS_FULL,
  /** A question where a peer is, while as many are remembered as may be. */
  QUESTIONS_FULL,
  /** A peer that a datagram has shown, while as many wait for the control loop as may. */
  UNSETTLED_FULL,
  /** A relay's word that it can be dialed at its URL: the dial-back has not met it there. */
  DIAL_BACK_FAILED,
  /** An upgrade to WebSocket without the token that is asked for, or with another one. */
  NO_TOKEN,
  /** A link about which the service that is to allow it has said nothing that counts. */
  ACCESS_UNANSWERED,
  /** A WebSocket of a browser whose page is of an origin that may not connect. */
  WRONG_ORIGIN,
  /** A connection, while the listener has as many as it may. */
  CONNECTIONS_FULL,
  /** A connection of an address that has as many as it may. */
  ADDRESS_FULL,
  /** A connection of an address that has made too many in a moment. */
  ADDRESS_RATE,
  /** A link, while too much waits to be sent over those that there are. */
  QUEUES_FULL,
  /** A swarm, or a member of one, while as many are known as may be. */
  SWARMS_FULL,
  /** A member's word whose signature does not hold. */
  SWARM_FORGED,
  /** What is for all members of a swarm, of somebody who is none. */
  SWARM_STRANGER,
  /** What is for all members of a swarm, of somebody who has sent too much in a moment. */
  SWARM_CASTS,
  /** A member that comes and goes too often. */
  SWARM_FLAPPING,
  /** A question for the members of a swarm, of somebody who has asked too often. */
  SWARM_QUESTIONS,
  /** To read on from a connection that has sent too much in a moment: it is read later. */
  LINK_RATE
}
