package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;

/** Names other attackers and invented ids to those who look for peers. */
final class Lying implements Conduct {
  private final List<PeerId> attackers;
  private final RandomGenerator random;

  Lying(List<PeerId> attackers, RandomGenerator random) {
    this.attackers = attackers;
    this.random = random;
  }

  @Override
  public boolean swallows(Frame frame) {
    return false;
  }

  @Override
  public Message instead(Message message) {
    if (!(message instanceof Message.FoundPeers)) {
      return message;
    }
    List<PeerId> lies = new ArrayList<>();
    for (int i = 0; i < Message.MAX_FOUND_PEERS; i++) {
      lies.add(
          random.nextBoolean()
              ? attackers.get(random.nextInt(attackers.size()))
              : PeerId.random(random));
    }
    return new Message.FoundPeers(lies);
  }
}
