package org.peerrelay.transport;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Message;
import org.peerrelay.message.Transit;
import org.peerrelay.rate.TokenBucket;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.wire.binary.DatagramLayout;

/**
 * Tells the authors of traces what this node did with them, as often as notices may go out: a trace
 * brings up to 20 answers. For one link and its event loop.
 */
final class TraceReports {
  private final LinkHost host;
  private final TokenBucket limit = new TokenBucket(NoticeRate.PER_LINK);

  TraceReports(LinkHost host) {
    this.host = host;
  }

  /** Reports what has become of {@code trace}, unless it goes on as another copy. */
  void report(Transit trace, Verdict verdict) {
    long nowNs = System.nanoTime();
    boolean copy = (trace.flags & DatagramLayout.FLAG_COPY) != 0;
    boolean another =
        verdict instanceof Verdict.Drop drop && (copy || drop.reason() == DropReason.DUPLICATE);
    if (another || verdict instanceof Verdict.Repeated || !limit.take(nowNs)) {
      return;
    }
    PeerId next = verdict instanceof Verdict.Forward forward ? forward.first().peer() : null;
    HopVerdict hop = hop(trace, verdict, next);
    host.node()
        .report(
            trace.from.toPeerId(),
            new Message.TraceHop(trace.nonce, trace.hopsLeft, hop, next),
            nowNs);
  }

  private static HopVerdict hop(Transit trace, Verdict verdict, @Nullable PeerId next) {
    if (verdict instanceof Verdict.Deliver) {
      return HopVerdict.ARRIVED;
    }
    if (verdict instanceof Verdict.Forward forward) {
      Link link = forward.first();
      if (link.format() == LinkFormat.LEGACY) {
        return HopVerdict.LEGACY;
      }
      if (next != null && trace.to.is(next)) {
        return HopVerdict.ATTACHED;
      }
      return trace.via.isNone() ? HopVerdict.TOWARDS_TARGET : HopVerdict.TOWARDS_RELAY;
    }
    return switch (((Verdict.Drop) verdict).reason()) {
      case NO_ROUTE -> HopVerdict.NO_ROUTE;
      case NOT_HERE -> HopVerdict.NOT_HERE;
      case HOP_LIMIT -> HopVerdict.HOP_LIMIT;
      default -> HopVerdict.DROPPED;
    };
  }
}
