package org.peerrelay.relay;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.routing.AddressGroup;

/**
 * A live connection to a neighbour, as routing and the control plane see it. Transports extend it
 * with what moves the bytes.
 *
 * <p>What a link has shown of its neighbour (that it passes on others' datagrams, how it can be
 * reached) is learned by whichever thread reads it and only ever becomes truer, so the fields are
 * volatile and need no lock.
 */
public abstract class Link {
  /** Whether a direct link with the neighbour could be made by somebody else. */
  public enum Reach {
    /** It has not said. */
    UNKNOWN,
    /** It has a URL, or knows WebRTC. */
    CONNECTABLE,
    /** It has said that it has neither: an offer would wait for ever. */
    UNCONNECTABLE
  }

  private final PeerId peer;
  private final @Nullable String dialedUrl;
  private final LinkFormat format;
  private final Verdict.Forward forward = new Verdict.Forward(this, null, null);
  private volatile boolean relays;
  private volatile boolean inside;
  private volatile boolean inTable;
  private volatile boolean webRtc;
  private volatile boolean knowsUs;
  private volatile Reach reach;

  /** Where the neighbour says that it can be dialed; set before the link is attached only. */
  private @Nullable String url;

  /**
   * A link to {@code peer}.
   *
   * @param dialedUrl the URL at which we found it, or null if it came to us. Who can be dialed is a
   *     relay until proven otherwise
   * @param format what it speaks
   */
  protected Link(PeerId peer, @Nullable String dialedUrl, LinkFormat format) {
    this.peer = peer;
    this.format = format;
    this.dialedUrl = dialedUrl;
    this.relays = dialedUrl != null;
    this.reach = dialedUrl != null ? Reach.CONNECTABLE : Reach.UNKNOWN;
  }

  /**
   * When the neighbour last gave a sign of life, on the clock that the node is told the time by: a
   * frame of any kind came in, or it took more of what was waiting for it.
   */
  public abstract long lastHeardNs();

  /** The network that the other end is in; null where networks do not count. */
  public @Nullable AddressGroup group() {
    return null;
  }

  /** The neighbour's id; on a legacy link, as it claims. */
  public final PeerId peer() {
    return peer;
  }

  /** Which wire format it speaks; one that speaks protocol 2 has proven its id. */
  public final LinkFormat format() {
    return format;
  }

  /** The verdict that sends a datagram over this link alone; always the same object. */
  final Verdict.Forward forward() {
    return forward;
  }

  /** The URL at which we found the neighbour, or null if it came to us. */
  public final @Nullable String dialedUrl() {
    return dialedUrl;
  }

  /** Whether it can be dialed, says that it relays, or has passed on datagrams of others. */
  public final boolean relays() {
    return relays;
  }

  /**
   * Whether both ends say that they are relays that others can dial, and prove their ids: relays
   * that can all link with each other, so that each knows one nearer to any target. A relay that is
   * not inside is asked for what nobody inside knows.
   *
   * <p>What comes over such a link is taken as from a relay. What goes over it is another matter:
   * see {@link #inTable}.
   */
  public final boolean inside() {
    return inside;
  }

  /**
   * Notes that both ends say that they are relays that others can dial. Before the link is attached
   * only.
   *
   * @param theirUrl where the neighbour says that it can be dialed
   */
  public final void sawInside(String theirUrl) {
    relays = true;
    inside = true;
    url = theirUrl;
  }

  /** Where a neighbour that is {@link #inside} says that it can be dialed; else null. */
  public final @Nullable String url() {
    return url;
  }

  /**
   * Whether datagrams for others go over this link: the neighbour is inside, has been met where it
   * says that it can be dialed, and had a place in the table. Until then it is reached itself, and
   * no more.
   */
  public final boolean inTable() {
    return inTable;
  }

  /** The neighbour has a place in the table, for as long as the link lives. Control loop only. */
  final void enterTable() {
    inTable = true;
  }

  /** Whether it is a relay of either side that datagrams for others may go to. */
  final boolean isWay() {
    return relays && (inTable || !inside);
  }

  /** Whether the neighbour has shown that it knows WebRTC. */
  public final boolean webRtc() {
    return webRtc;
  }

  /** Whether the neighbour has been told our id. */
  public final boolean knowsUs() {
    return knowsUs;
  }

  /** Notes that the neighbour has been told our id. */
  public final void introduced() {
    knowsUs = true;
  }

  /** Whether others can link with the neighbour. */
  public final Reach reach() {
    return reach;
  }

  /** Notes that the neighbour relays: it said so, or did it. Tells whether that is news. */
  public final boolean sawRelaying() {
    boolean news = !relays;
    relays = true;
    return news;
  }

  /**
   * Learns from a control message that the neighbour itself has written; tells whether others can
   * reach it in another way than was known.
   */
  final boolean sawOwn(Message control) {
    Reach before = reach;
    if (control instanceof Message.HandshakeAnswer answer) {
      boolean connectable = answer.url() != null || answer.webRtc();
      reach = connectable ? Reach.CONNECTABLE : Reach.UNCONNECTABLE;
      webRtc |= answer.webRtc();
    } else if (control instanceof Message.Signal) {
      webRtc = true;
    }
    return reach != before;
  }
}
