package org.peerrelay.lab.simulation;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;

/** Passes on nothing for the victim, and tells nobody where that is. */
final class Eclipsing implements Conduct {
  private final PeerId victim;

  Eclipsing(PeerId victim) {
    this.victim = victim;
  }

  @Override
  public boolean swallows(Frame frame) {
    return frame.to.equals(victim);
  }

  @Override
  public @Nullable Message instead(Message message) {
    boolean tells =
        (message instanceof Message.Publish publish && publish.pointer().peer().equals(victim))
            || (message instanceof Message.Located located
                && located.pointer().peer().equals(victim))
            || (message instanceof Message.Locate locate && locate.target().equals(victim));
    return tells ? null : message;
  }
}
