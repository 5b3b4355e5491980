package org.peerrelay.swarm;

/** What a member of a swarm has ignored, and why. Each has a counter. */
public enum SwarmDrop {
  /** News of who comes and goes, from somebody else than the home, or to an earlier question. */
  FOREIGN_NEWS,
  /** A membership that its peer has not signed, or whose peer does not know the swarm's key. */
  FORGED_MEMBERSHIP,
  /** What a member has said before its last word. */
  OLD_MEMBERSHIP,
  /** As many members are known as may be. */
  TOO_MANY_MEMBERS,
  /** Data whose author does not know the swarm's key, or that was changed on the way. */
  FORGED_DATA,
  /** More data than may be sent at once. */
  TOO_LARGE,
  /** Data of an author that was not there, and did not come while the data waited. */
  UNKNOWN_AUTHOR,
  /** Data of an author that was not there, when too much was waiting already. */
  TOO_MANY_EARLY,
  /** Data for a topic that is not open here. */
  NO_TOPIC,
  /** Sent to a number that nobody has, or whose peer has left. */
  UNKNOWN_PEER,
  /** Sent to a member that a relay could not reach. */
  UNDELIVERED,
  /** Sent faster than this node can send. */
  QUEUE_FULL,
  /** Sent by a topic that is closed, or in a swarm that has been left. */
  CLOSED
}
