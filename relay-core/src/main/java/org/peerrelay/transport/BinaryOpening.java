package org.peerrelay.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.RefusedHandshakeException;

/** The opening of protocol 2: HELLO and PROOF both ways, the acceptor's PROOF last. */
final class BinaryOpening implements LinkOpening {
  private final LinkHandshake handshake;
  private List<byte[]> lastWords = List.of();

  BinaryOpening(LinkHandshake handshake) {
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
}
