package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;
import org.peerrelay.message.Message;

/**
 * Passes on nothing of others but what makes links: no user's datagram, no ping nor its answer, no
 * pointer and no question for one. What it is asked itself it answers.
 */
final class Dropping implements Conduct {
  @Override
  public boolean swallows(Frame frame) {
    Message message = frame.message;
    return !(message instanceof Message.HandshakeOffer
        || message instanceof Message.HandshakeAnswer
        || message instanceof Message.FindPeers
        || message instanceof Message.FoundPeers);
  }

  @Override
  public @Nullable Message instead(Message message) {
    boolean passedOn = message instanceof Message.Publish || message instanceof Message.Locate;
    return passedOn ? null : message;
  }
}
