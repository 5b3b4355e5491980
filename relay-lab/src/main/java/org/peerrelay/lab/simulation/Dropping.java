package org.peerrelay.lab.simulation;

import org.peerrelay.message.Message;

/** Passes on no user's datagram, and no ping. */
final class Dropping implements Conduct {
  @Override
  public boolean swallows(Frame frame) {
    return frame.message instanceof Message.User || frame.message instanceof Message.Ping;
  }

  @Override
  public Message instead(Message message) {
    return message;
  }
}
