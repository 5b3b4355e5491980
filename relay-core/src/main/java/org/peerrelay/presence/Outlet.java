package org.peerrelay.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.peerrelay.presence.PresenceFrame.Answer;
import org.peerrelay.presence.PresenceFrame.Push;
import org.peerrelay.rate.TokenBucket;
import org.peerrelay.relay.NamedCounts;

/** Sends records over links, a page in each frame, within what each link may cost. */
final class Outlet {
  private final PresenceEffects effects;
  private final NamedCounts<PresenceDrop> drops;

  Outlet(PresenceEffects effects, NamedCounts<PresenceDrop> drops) {
    this.effects = effects;
    this.drops = drops;
  }

  /** Which of these may be pushed over the link; it has paid for them. */
  List<SignedRecord> payPush(Link link, List<SignedRecord> records, long nowNs) {
    return paid(link.pushOut, records, PresenceDrop.PUSH_RATE, nowNs);
  }

  /** Pushes records that were paid for. */
  void push(Link link, List<SignedRecord> paid) {
    send(link, paid, Push::new);
  }

  /** Sends what a neighbour lacks; tells whether all has gone. */
  boolean answer(Link link, List<SignedRecord> records, long nowNs) {
    List<SignedRecord> paid = paid(link.answerOut, records, PresenceDrop.ANSWER_RATE, nowNs);
    send(link, paid, Answer::new);
    return paid.size() == records.size();
  }

  /** Sends an answer of another kind, if the link may cost that; tells whether it has gone. */
  boolean answer(Link link, PresenceFrame frame, long nowNs) {
    if (!link.answerOut.take(frame.encodedBytes(), nowNs)) {
      drops.count(PresenceDrop.ANSWER_RATE);
      return false;
    }
    effects.send(link.peer, frame);
    return true;
  }

  private List<SignedRecord> paid(
      TokenBucket bucket, List<SignedRecord> records, PresenceDrop drop, long nowNs) {
    List<SignedRecord> paid = new ArrayList<>(records.size());
    for (SignedRecord record : records) {
      if (bucket.take(record.encodedBytes(), nowNs)) {
        paid.add(record);
      } else {
        drops.count(drop);
      }
    }
    return paid;
  }

  private void send(
      Link link, List<SignedRecord> records, Function<List<SignedRecord>, PresenceFrame> frame) {
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < records.size(); i++) {
      int more = records.get(i).encodedBytes();
      if (i > from && bytes + more > PresenceFrame.PAGE_BYTES) {
        effects.send(link.peer, frame.apply(records.subList(from, i)));
        from = i;
        bytes = 0;
      }
      bytes += more;
    }
    if (from < records.size()) {
      effects.send(link.peer, frame.apply(records.subList(from, records.size())));
    }
  }
}
