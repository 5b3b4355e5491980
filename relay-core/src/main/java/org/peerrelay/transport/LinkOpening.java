package org.peerrelay.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.binary.RefusedHandshakeException;

/** How the two ends of a new connection tell each other who they are, in one of the formats. */
interface LinkOpening {
  /** The format that the link will speak. */
  LinkFormat format();

  /** The frames to send at once. */
  List<byte[]> begin();

  /** Takes the other end's next frame and returns the frames to answer with. */
  List<byte[]> onFrame(byte[] frame) throws MalformedFrameException, RefusedHandshakeException;

  /** The other end's id, once it is known and it has nothing more to say; until then null. */
  @Nullable PeerId peer();

  /**
   * What we still have to say then. It is said when the control loop has accepted the link, so that
   * a link that stands for the other end can be reached through this one.
   */
  List<byte[]> lastWords();
}
