package org.peerrelay;

/** Takes what other members send on a {@link Topic}. */
@FunctionalInterface
public interface TopicListener {
  /**
   * A message has come. Called on the peer's control loop, which must not be blocked.
   *
   * @param peer the number of the member that has sent it; see {@link Swarm#idOf}
   * @param data the listener's own
   */
  void onMessage(int peer, byte[] data);
}
