package org.peerrelay.transport;

import org.peerrelay.rate.Rate;

/** How often one link may be sent a notice. */
public final class NoticeRate {
  /** A sender of a million datagrams to nobody shall not be answered a million times. */
  public static final Rate PER_LINK = Rate.perS(100);

  private NoticeRate() {}
}
