package org.peerrelay.protocol2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.peerrelay.Swarm;
import org.peerrelay.Topic;
import org.peerrelay.id.PeerId;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmKey;

/** A peer of the library in a swarm with one topic, and what it is told there. */
final class JavaMember {
  private static final int TIMEOUT_S = 20;
  private static final long RETRY_NS = 10_000_000;

  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final PeerId id;
  private final Swarm swarm;
  private final Topic topic;

  private JavaMember(JavaPeer peer, SwarmKey key, String name) {
    Swarm joined = peer.peer().swarm(key);
    joined.watch(
        number -> changes.add("join " + joined.idOf(number)),
        number -> changes.add("leave " + joined.idOf(number)));
    id = peer.id();
    swarm = joined;
    topic =
        joined.topic(
            name, (number, data) -> said.add(joined.idOf(number) + " " + new String(data, UTF_8)));
  }

  static JavaMember join(JavaPeer peer, SwarmKey key, String topic) throws Exception {
    JavaMember member = new JavaMember(peer, key, topic);
    member.swarm.joined().get(TIMEOUT_S, SECONDS);
    return member;
  }

  PeerId id() {
    return id;
  }

  Swarm swarm() {
    return swarm;
  }

  void send(PeerId to, String text) {
    topic.send(swarm.numberOf(to), text.getBytes(UTF_8));
  }

  void broadcast(String text) {
    topic.broadcast(text.getBytes(UTF_8));
  }

  void leave() {
    swarm.close();
  }

  /** The next that joins. */
  void assertJoins(PeerId peer) throws InterruptedException {
    assertNext("join " + peer, changes);
  }

  /** The next that leaves. */
  void assertLeaves(PeerId peer) throws InterruptedException {
    assertNext("leave " + peer, changes);
  }

  /** The next that comes on the topic. */
  void assertHears(PeerId from, String text) throws InterruptedException {
    assertNext(from + " " + text, said);
  }

  private static void assertNext(String expected, BlockingQueue<String> queue)
      throws InterruptedException {
    assertEquals(expected, queue.poll(TIMEOUT_S, SECONDS));
  }

  /** Asserts that {@code peer} is none, and that nobody has come or gone. */
  void assertNeverMember(PeerId peer) {
    assertFalse(swarm.peers().containsValue(peer));
    assertTrue(changes.isEmpty(), changes::toString);
  }

  void awaitDropped(SwarmDrop drop, long count) {
    long deadlineNs = System.nanoTime() + SECONDS.toNanos(TIMEOUT_S);
    while (swarm.counts().of(drop) < count) {
      assertTrue(System.nanoTime() - deadlineNs < 0, drop + ": " + swarm.counts().of(drop));
      LockSupport.parkNanos(RETRY_NS);
    }
  }
}
