package org.peerrelay.presence;

/** What a presence has refused, or left for later. Each has a counter. */
public enum PresenceDrop {
  /** A frame that is not in the format. */
  MALFORMED,
  /** A frame of a kind that a later version may know. */
  UNKNOWN_KIND,
  /** A frame of somebody who is no member of the swarm. */
  NOT_A_MEMBER,
  /** A frame that takes a link, of a member that has none with us. */
  NOT_LINKED,
  /** A frame of a member that has no link with us and sends too many. */
  STRANGER_RATE,
  /** A frame of a neighbour that sends too much. */
  NEIGHBOUR_RATE,
  /** A member, while there are as many as may be. */
  MEMBERS_FULL,
  /** A request for a link, while there are as many as may be. */
  LINKS_FULL,
  /** A request for a link by a member that has forged. */
  BANNED,
  /** A record of a peer that is no member, or not yet. */
  UNKNOWN_MEMBER,
  /** A record that is not newer than what is known, replayed or come twice. */
  KNOWN_RECORD,
  /** A record of a peer whose records change too often. */
  ORIGIN_RATE,
  /** A record whose data are too long. */
  DATA_TOO_LONG,
  /** Data that the application's codec cannot read. */
  UNREADABLE_DATA,
  /** A record whose signature does not hold. */
  FORGED,
  /** A page of a graph that was not asked for. */
  UNASKED_PAGE,
  /** A record that is missing, while as many are looked for as may be. */
  WANTED_FULL,
  /** An announcement, while as many wait for the link as may. */
  ANNOUNCEMENTS_FULL,
  /** A record that would have been pushed, over a link that had too much. */
  PUSH_RATE,
  /** A record that a neighbour has asked for, who asks for too much. */
  ANSWER_RATE
}
