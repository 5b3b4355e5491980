package org.peerrelay;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the application's listeners are called. */
final class ListenerCalls {
  private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

  private ListenerCalls() {}

  /** Whatever a listener throws: who called it is in the middle of something, and goes on. */
  static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (Throwable e) {
      LOG.error("a listener failed", e);
    }
  }
}
