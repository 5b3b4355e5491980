package org.peerrelay.lab.load;

/** What a run comes to, for those who measure something else at the same time. */
public enum Phase {
  /** From now on messages count. */
  MEASURING,
  /** From now on they do not; what is on its way is still waited for. */
  MEASURED
}
