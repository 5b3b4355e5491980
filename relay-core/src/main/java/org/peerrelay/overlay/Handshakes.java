package org.peerrelay.overlay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.relay.IdMap;

/**
 * Offers of direct links that are under way: sent, answered, dialing. Owned by the overlay.
 *
 * <p>The rules are npm peer-relay's. Whoever gets an offer answers with its URL, and whoever gets
 * the answer dials. If both offer at once, the one with the smaller id is answered, so that only
 * one dials. If that comes to nothing, as when the other one cannot be dialed, the larger id is
 * answered too: an npm peer would wait for ever.
 *
 * <p>A peer that has no URL and that the application wants a link with is sent ours, as an answer
 * to an offer that it did not make: an npm peer dials it. It would make no offer of its own again,
 * since it counts ours as under way for ever, and may answer no other of ours. Strangers that are
 * offered links to fill up are not invited, or every leaf of every relay would come.
 */
final class Handshakes {
  /** What is awaited of the other one; each has its time. */
  private enum Step {
    /** An answer. */
    OFFERED,
    /** A link, at the URL that it answered with. */
    DIALING,
    /** A link that it dials. */
    INVITED
  }

  private static final class Offer {
    Step step = Step.OFFERED;
    long deadlineNs;
    long repeatNs;
    boolean repeated;
    boolean crossed;
    boolean wanted;
    @Nullable String dialedUrl;
  }

  /** An offer is sent again after this part of its time. */
  private static final int REPEAT_AFTER = 15;

  private final PeerId self;
  private final long handshakeNs;
  private final Effects effects;
  private final Map<PeerId, Offer> pending = new IdMap<>();

  /** Those that answered that they have no URL; the longest ago are forgotten. */
  private final RecentIds withoutUrl;

  private @Nullable String advertisedUrl;

  Handshakes(PeerId self, OverlayConfig config, Effects effects) {
    this.self = self;
    this.handshakeNs = config.handshakeNs();
    this.effects = effects;
    this.withoutUrl = new RecentIds(config.maxAvoided());
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

  /** Whether the application asks for a link with {@code peer}. */
  boolean isWanted(PeerId peer) {
    Offer offer = pending.get(peer);
    return offer != null && offer.wanted;
  }

  /** Whether {@code peer} has yet to answer an offer. */
  boolean awaitsAnswer(PeerId peer) {
    Offer offer = pending.get(peer);
    return offer != null && offer.step == Step.OFFERED;
  }

  /** The URLs of answers that are being dialed. */
  List<String> dialing() {
    return pending.values().stream()
        .map(offer -> offer.dialedUrl)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Sends an offer, unless one is under way. */
  void offer(PeerId peer, long nowNs) {
    begin(peer, handshakeNs, nowNs);
  }

  /** The same, to be answered within {@code answerNs}. */
  void offer(PeerId peer, long answerNs, long nowNs) {
    begin(peer, answerNs, nowNs);
  }

  /** The same for a link that the application asks for, to which the peer is invited if need be. */
  void connect(PeerId peer, long nowNs) {
    Offer offer = begin(peer, handshakeNs, nowNs);
    offer.wanted = true;
    if (offer.step == Step.OFFERED && advertisedUrl != null && withoutUrl.contains(peer)) {
      invite(peer, offer, nowNs);
    }
  }

  private Offer begin(PeerId peer, long answerNs, long nowNs) {
    Offer underWay = pending.get(peer);
    if (underWay != null) {
      return underWay;
    }
    Offer offer = new Offer();
    offer.deadlineNs = nowNs + answerNs;
    offer.repeatNs = nowNs + handshakeNs / REPEAT_AFTER;
    pending.put(peer, offer);
    effects.send(peer, new Message.HandshakeOffer());
    return offer;
  }

  /** Sends again, once, what the application waits for and nobody has answered: it may be lost. */
  void repeat(long nowNs) {
    pending.forEach(
        (peer, offer) -> {
          boolean unanswered = offer.step == Step.OFFERED && offer.wanted && !offer.repeated;
          if (unanswered && nowNs - offer.repeatNs >= 0) {
            offer.repeated = true;
            effects.send(peer, new Message.HandshakeOffer());
          }
        });
  }

  private void invite(PeerId peer, Offer offer, long nowNs) {
    offer.step = Step.INVITED;
    offer.deadlineNs = nowNs + handshakeNs;
    answer(peer);
  }

  /** Answers an offer of {@code peer}, with which there is no link. */
  void onOffer(PeerId peer) {
    Offer own = pending.get(peer);
    if (own != null && own.step != Step.INVITED && peer.compareTo(self) > 0) {
      own.crossed = true;
    } else {
      answer(peer);
    }
  }

  private void answer(PeerId peer) {
    effects.send(peer, new Message.HandshakeAnswer(advertisedUrl, false));
  }

  /**
   * Dials a peer that answered our offer, or invites it to dial; tells whether a link may come of
   * it. Other answers count for nothing.
   */
  boolean onAnswer(PeerId peer, Message.HandshakeAnswer answer, long nowNs) {
    Offer offer = pending.get(peer);
    if (offer == null || offer.step == Step.DIALING) {
      return true;
    }
    String url = answer.url();
    if (url != null) {
      offer.step = Step.DIALING;
      offer.dialedUrl = url;
      offer.deadlineNs = nowNs + handshakeNs;
      effects.dial(url, peer);
      return true;
    }
    withoutUrl.add(peer);
    if (offer.step == Step.OFFERED && offer.wanted && advertisedUrl != null) {
      invite(peer, offer, nowNs);
    }
    return offer.step == Step.INVITED;
  }

  /** Forgets an offer, since there is a link; tells whether the application asked for that. */
  boolean succeed(PeerId peer) {
    Offer offer = pending.remove(peer);
    return offer != null && offer.wanted;
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
    if (failed != null && failed.crossed && failed.step != Step.INVITED) {
      answer(peer);
    }
    return failed != null;
  }

  /** The offers whose time is over, and what did not come in time; they are still there. */
  Map<PeerId, ConnectFailure> overdue(long nowNs) {
    if (pending.isEmpty()) {
      return Map.of();
    }
    Map<PeerId, ConnectFailure> late = new HashMap<>();
    pending.forEach(
        (peer, offer) -> {
          if (nowNs - offer.deadlineNs >= 0) {
            late.put(peer, failure(offer.step));
          }
        });
    return late;
  }

  private static ConnectFailure failure(Step late) {
    return switch (late) {
      case OFFERED -> ConnectFailure.NO_ANSWER;
      case DIALING -> ConnectFailure.DIAL_FAILED;
      case INVITED -> ConnectFailure.NOT_REACHABLE;
    };
  }
}
