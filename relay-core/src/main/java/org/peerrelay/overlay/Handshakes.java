package org.peerrelay.overlay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;

/**
 * Offers of direct links that are under way: sent, answered, dialing. Owned by the overlay.
 *
 * <p>The rules are npm peer-relay's. Whoever gets an offer answers with its URL, and whoever gets
 * the answer dials. If both offer at once, the one with the smaller id is answered, so that only
 * one dials. If that comes to nothing, as when the other one cannot be dialed, the larger id is
 * answered too: an npm peer would wait for ever.
 */
final class Handshakes {
  private static final class Offer {
    long deadlineNs;
    boolean dialing;
    boolean crossed;
  }

  private final PeerId self;
  private final long handshakeNs;
  private final Effects effects;
  private final Map<PeerId, Offer> pending = new HashMap<>();
  private @Nullable String advertisedUrl;

  Handshakes(PeerId self, OverlayConfig config, Effects effects) {
    this.self = self;
    this.handshakeNs = config.handshakeNs();
    this.effects = effects;
  }

  /** From now on answers name {@code url} as the place where this node is to be dialed. */
  void advertise(String url) {
    advertisedUrl = url;
  }

  int size() {
    return pending.size();
  }

  boolean isPending(PeerId peer) {
    return pending.containsKey(peer);
  }

  /** Sends an offer, unless one is under way. */
  void offer(PeerId peer, long nowNs) {
    if (pending.containsKey(peer)) {
      return;
    }
    Offer offer = new Offer();
    offer.deadlineNs = nowNs + handshakeNs;
    pending.put(peer, offer);
    effects.send(peer, new Message.HandshakeOffer());
  }

  /** Answers an offer of {@code peer}, with which there is no link. */
  void onOffer(PeerId peer) {
    Offer own = pending.get(peer);
    if (own != null && peer.compareTo(self) > 0) {
      own.crossed = true;
    } else {
      answer(peer);
    }
  }

  private void answer(PeerId peer) {
    effects.send(peer, new Message.HandshakeAnswer(advertisedUrl, false));
  }

  /**
   * Dials a peer that answered our offer; tells whether it can be. Other answers count for nothing.
   */
  boolean onAnswer(PeerId peer, Message.HandshakeAnswer answer, long nowNs) {
    Offer offer = pending.get(peer);
    if (offer == null || offer.dialing) {
      return true;
    }
    String url = answer.url();
    if (url == null) {
      return false;
    }
    offer.dialing = true;
    offer.deadlineNs = nowNs + handshakeNs;
    effects.dial(url, peer);
    return true;
  }

  /** Forgets an offer, since there is a link. */
  void succeed(PeerId peer) {
    pending.remove(peer);
  }

  /** Forgets all offers; returns to whom they were. */
  List<PeerId> giveUp() {
    List<PeerId> peers = List.copyOf(pending.keySet());
    pending.clear();
    return peers;
  }

  /** Forgets an offer that came to nothing; tells whether there was one. */
  boolean fail(PeerId peer) {
    Offer failed = pending.remove(peer);
    if (failed != null && failed.crossed) {
      answer(peer);
    }
    return failed != null;
  }

  /** The offers whose time is over, and what did not come in time; they are still there. */
  Map<PeerId, ConnectFailure> overdue(long nowNs) {
    Map<PeerId, ConnectFailure> late = new HashMap<>();
    pending.forEach(
        (peer, offer) -> {
          if (nowNs - offer.deadlineNs >= 0) {
            late.put(peer, offer.dialing ? ConnectFailure.DIAL_FAILED : ConnectFailure.NO_ANSWER);
          }
        });
    return late;
  }
}
