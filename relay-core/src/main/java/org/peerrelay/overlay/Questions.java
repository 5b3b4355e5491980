package org.peerrelay.overlay;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.relay.Attempts;
import org.peerrelay.relay.IdMap;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Refusal;
import org.peerrelay.relay.Router;

/**
 * A relay's questions for the pointers of peers that its own peers write to, so that the next
 * datagram goes straight. Owned by the overlay.
 *
 * <p>A question goes the same way as a pointer. One that is asked again goes another: when its
 * answer is overdue, and when a datagram for the peer is sent again as another attempt. It then
 * goes a second way as well, one that evades: a few hundred bytes, where the datagrams that evade
 * are one in four.
 */
final class Questions {
  /** For so many times as long as an answer may take, it counts which ways have been asked. */
  private static final int REMEMBERED = 16;

  private final PeerId self;
  private final PointerConfig config;
  private final Router router;
  private final Effects effects;

  /** The last question for each peer that has not been located. */
  private final Map<PeerId, Asked> asked = new IdMap<>();

  private record Asked(long sinceNs, int attempt) {
    boolean isOlderThan(long ageNs, long nowNs) {
      return nowNs - sinceNs >= ageNs;
    }
  }

  Questions(PeerId self, PointerConfig config, Router router, Effects effects) {
    this.self = self;
    this.config = config;
    this.router = router;
    this.effects = effects;
  }

  /** Asks for those who have been written to since the last tick. */
  void onTick(long nowNs) {
    asked.values().removeIf(last -> last.isOlderThan(REMEMBERED * config.askNs(), nowNs));
    if (asked.size() >= config.maxAsked()) {
      asked.values().removeIf(last -> last.isOlderThan(config.askNs(), nowNs));
    }
    router.takeUnlocated().forEach((peer, attempt) -> ask(peer, attempt, nowNs));
  }

  /**
   * Asks for {@code peer}, unless that has been done. Not for more attempts than there are: each
   * higher one asks at once, and an author may write any number into his datagrams.
   *
   * @param written the attempt at which somebody has written to it
   */
  private void ask(PeerId peer, int written, long nowNs) {
    int sent = Math.min(written, Header.MAX_ATTEMPT);
    Asked last = asked.get(peer);
    int attempt = sent;
    if (last == null) {
      if (asked.size() >= config.maxAsked()) {
        router.counters().countRefused(Refusal.QUESTIONS_FULL);
        return;
      }
    } else if (last.isOlderThan(config.askNs(), nowNs)) {
      attempt = Math.max(sent, (last.attempt + 1) % (Header.MAX_ATTEMPT + 1));
    } else if (sent <= last.attempt) {
      return;
    }
    asked.put(peer, new Asked(nowNs, attempt));
    Message.Locate question = new Message.Locate(peer, self);
    send(question, attempt);
    int evading = Attempts.evading(attempt);
    if (attempt != Attempts.STRAIGHT && attempt != evading) {
      send(question, evading);
    }
  }

  private void send(Message.Locate question, int attempt) {
    Link nearer = router.nearer(question.target(), attempt, true);
    if (nearer != null) {
      effects.send(nearer.peer(), question, attempt);
    } else {
      int copies = router.pointerCopies() + Attempts.evaded(attempt);
      for (Link relay : router.nearestInside(question.target(), copies)) {
        effects.send(relay.peer(), question, attempt);
      }
    }
  }

  /**
   * A relay has answered, the answer has come over {@code neighbour}. What was not asked for counts
   * for nothing, nor does what has not come from inside, where the question went. What is not
   * signed anybody may have made up: a better answer is still awaited.
   */
  void onLocated(PeerId neighbour, Message.Located located, long nowNs) {
    Link link = router.link(neighbour);
    PeerId peer = located.pointer().peer();
    Asked last = asked.get(peer);
    if (link != null && link.inside() && isOpen(last, nowNs)) {
      router.pointers().tell(located.pointer(), nowNs);
      if (located.pointer().isSigned()) {
        asked.remove(peer);
      }
    }
  }

  private boolean isOpen(@Nullable Asked last, long nowNs) {
    return last != null && !last.isOlderThan(config.askNs(), nowNs);
  }
}
