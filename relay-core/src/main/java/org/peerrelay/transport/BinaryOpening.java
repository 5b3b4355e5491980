package org.peerrelay.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.DialableUrl;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.RefusedHandshakeException;

/** The opening of protocol 2: HELLO and PROOF both ways, the acceptor's PROOF last. */
final class BinaryOpening implements LinkOpening {
  private final LinkHandshake handshake;
  private final boolean dialable;
  private List<byte[]> lastWords = List.of();

  /**
   * For one connection.
   *
   * @param dialable whether this end names a URL at which it can be dialed
   */
  BinaryOpening(LinkHandshake handshake, boolean dialable) {
    this.dialable = dialable;
    this.handshake = handshake;
  }

  @Override
  public LinkFormat format() {
    return LinkFormat.BINARY;
  }

  @Override
  public List<byte[]> begin() {
    return handshake.begin();
  }

  @Override
  public List<byte[]> onFrame(byte[] frame)
      throws MalformedFrameException, RefusedHandshakeException {
    List<byte[]> answers = handshake.onFrame(frame);
    if (!handshake.isDone()) {
      return answers;
    }
    lastWords = answers;
    return List.of();
  }

  @Override
  public @Nullable PeerId peer() {
    return handshake.isDone() ? handshake.theirId() : null;
  }

  @Override
  public List<byte[]> lastWords() {
    return lastWords;
  }

  /** Tells the link what the two ends are to each other. */
  void describe(Link link) {
    Hello their = handshake.theirHello();
    if (their.relay()) {
      link.sawRelaying();
      String url = their.url();
      if (dialable && url != null && DialableUrl.isOne(url)) {
        link.sawInside(url);
      }
    }
  }

  /** Whether the other end has dialed only to see who answers. */
  boolean isCheck() {
    return handshake.theirHello().check();
  }

  /** What the other end says of itself; null before it has. */
  @Nullable Hello theirHello() {
    return handshake.hasHello() ? handshake.theirHello() : null;
  }
}
