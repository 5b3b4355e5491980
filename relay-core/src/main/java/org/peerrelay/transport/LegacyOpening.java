package org.peerrelay.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.legacy.LegacyReader;
import org.peerrelay.wire.legacy.LegacyWriter;

/**
 * The legacy opening: each end sends its id.
 *
 * <p>An npm peer sends its id at once, and when it gets one that it is linked with already, it
 * drops both links. So it is told ours only when the control loop has accepted the link ({@link
 * WebSocketLink#open}). Of two nodes of this project both would wait for the other; there the one
 * that was dialed goes first.
 */
final class LegacyOpening implements LinkOpening {
  private final PeerId self;
  private final boolean first;
  private @Nullable PeerId peer;

  LegacyOpening(PeerId self, boolean first) {
    this.self = self;
    this.first = first;
  }

  @Override
  public LinkFormat format() {
    return LinkFormat.LEGACY;
  }

  @Override
  public List<byte[]> begin() {
    return first ? List.of(LegacyWriter.hello(self)) : List.of();
  }

  @Override
  public List<byte[]> onFrame(byte[] frame) throws MalformedFrameException {
    peer = LegacyReader.readHello(frame);
    return List.of();
  }

  @Override
  public @Nullable PeerId peer() {
    return peer;
  }

  @Override
  public List<byte[]> lastWords() {
    return first ? List.of() : List.of(LegacyWriter.hello(self));
  }
}
