package org.peerrelay.access;

/** What becomes of somebody who wants to come in. */
public enum AccessVerdict {
  /** It may. */
  YES,
  /** It may not. */
  NO,
  /** It has not shown the token. */
  NO_TOKEN,
  /** The service that was to say so has said nothing, or nothing that can be understood. */
  UNANSWERED
}
