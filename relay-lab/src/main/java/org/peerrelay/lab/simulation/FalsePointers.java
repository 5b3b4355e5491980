package org.peerrelay.lab.simulation;

import java.util.List;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;

/** Says of all peers whose pointers it passes on or is asked for that they are attached to it. */
final class FalsePointers implements Conduct {
  private final PeerId self;

  FalsePointers(PeerId self) {
    this.self = self;
  }

  @Override
  public boolean swallows(Frame frame) {
    return false;
  }

  @Override
  public Message instead(Message message) {
    if (message instanceof Message.Publish publish) {
      return new Message.Publish(falsified(publish.pointer()), publish.copy(), 0);
    }
    if (message instanceof Message.Located located) {
      return new Message.Located(falsified(located.pointer()));
    }
    return message;
  }

  /** Newer than the real one, but without its signature, which nobody can forge. */
  private Pointer falsified(Pointer pointer) {
    return new Pointer(
        pointer.peer(), List.of(self), pointer.issued() + 1, pointer.lifetimeS(), null);
  }
}
