package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.transport.TestPeer;

/** A peer in a swarm, with what it is told in queues. Every wait fails after a generous time. */
final class TestMember implements AutoCloseable {
  private static final long DEADLINE_S = 20;

  /** Something that came on a topic. */
  record Said(int peer, String text) {}

  final TestPeer peer;
  final Swarm swarm;
  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();

  private TestMember(TestPeer peer, SwarmKey key) {
    this.peer = peer;
    this.swarm = peer.peer().swarm(key);
    swarm.watch(number -> changes.add("join " + number), number -> changes.add("leave " + number));
  }

  /** Joins with {@code peer}, and closes that in the end. */
  static TestMember of(TestPeer peer, SwarmKey key) {
    TestMember member = new TestMember(peer, key);
    member.swarm.joined().orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
    return member;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Joins a topic; what comes there goes to one queue for all. */
  Topic topic(String name) {
    return topic(name, "");
  }

  /** The same; {@code mark} is put in front of what comes. */
  Topic topic(String name, String mark) {
    return swarm.topic(
        name,
        (number, data) ->
            said.add(new Said(number, mark + new String(data, StandardCharsets.UTF_8))));
  }

  int numberOf(TestMember other) {
    return swarm.numberOf(other.peer.id());
  }

  /** Waits until {@code other} is there. */
  void awaitThere(TestMember other) {
    TestPeer.awaitUntil(
        () -> swarm.peers().containsValue(other.peer.id()), other.peer.id() + " is there");
  }

  /** Waits until {@code other} is not there. */
  void awaitGone(TestMember other) {
    TestPeer.awaitUntil(
        () -> !swarm.peers().containsValue(other.peer.id()), other.peer.id() + " is gone");
  }

  void awaitDropped(SwarmDrop drop, long count) {
    TestPeer.awaitUntil(() -> swarm.counts().of(drop) >= count, drop + " " + count);
  }

  /** The next that joins or leaves. */
  void assertNext(String change) {
    assertEquals(change, next(changes));
  }

  /** The next that came on a topic. */
  void assertSaid(TestMember from, String text) {
    assertEquals(new Said(numberOf(from), text), next(said));
  }

  /** Joins and leaves that were not taken. */
  int changes() {
    return changes.size();
  }

  private <T> T next(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(DEADLINE_S, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came at " + peer.id());
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    peer.close();
  }
}
