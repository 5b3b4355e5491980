package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.List;

/** What is under way that may become a link with a relay. Owned by {@link RelayLinks}. */
final class LinksToCome {
  private final Bootstraps bootstraps;
  private final KnownRelays known;
  private final Handshakes handshakes;

  LinksToCome(Bootstraps bootstraps, KnownRelays known, Handshakes handshakes) {
    this.bootstraps = bootstraps;
    this.known = known;
    this.handshakes = handshakes;
  }

  /** How many dials and offers there are. */
  int count() {
    return bootstraps.dialing().size() + known.dialing().size() + handshakes.size();
  }

  /** The URLs that are being dialed. */
  List<String> urls() {
    List<String> urls = new ArrayList<>(bootstraps.dialing());
    urls.addAll(known.dialing());
    urls.addAll(handshakes.dialing());
    return urls;
  }
}
