package org.peerrelay.daemon.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.Swarm;
import org.peerrelay.Topic;
import org.peerrelay.id.PeerId;
import org.peerrelay.swarm.SwarmKey;

/** One of many members of a swarm, who counts what it is told. Everything it says has a number. */
final class ScaleGuest implements AutoCloseable {
  private static final String TOPIC = "numbers";

  private final Peer peer;
  private final Swarm swarm;
  private final Topic topic;
  private final AtomicInteger present = new AtomicInteger();
  private final AtomicLong leaves = new AtomicLong();
  private final AtomicLong heard = new AtomicLong();
  private final AtomicInteger said = new AtomicInteger();
  private final Map<PeerId, Integer> last = new ConcurrentHashMap<>();

  private ScaleGuest(Peer peer, SwarmKey key) {
    this.peer = peer;
    this.swarm = peer.swarm(key);
    swarm.watch(
        number -> present.incrementAndGet(),
        number -> {
          present.decrementAndGet();
          leaves.incrementAndGet();
        });
    this.topic = swarm.topic(TOPIC, this::onMessage);
  }

  /** Joins over the daemons at these URLs. */
  static ScaleGuest join(SwarmKey key, String... urls) throws IOException {
    PeerBuilder builder = Peer.builder();
    for (String url : urls) {
      builder.bootstrap(url);
    }
    return new ScaleGuest(builder.start(), key);
  }

  private void onMessage(int number, byte[] data) {
    last.merge(
        Objects.requireNonNull(swarm.idOf(number)), ByteBuffer.wrap(data).getInt(), Math::max);
    heard.incrementAndGet();
  }

  /** How many others are there, as it was told. */
  int present() {
    return present.get();
  }

  /** How many leaves it was told. */
  long leaves() {
    return leaves.get();
  }

  /** How many messages it has heard. */
  long heard() {
    return heard.get();
  }

  /** The highest number that it has heard from {@code author}; 0 if none. */
  int lastFrom(ScaleGuest author) {
    return last.getOrDefault(author.peer.id(), 0);
  }

  /** From now on it has heard nobody yet. */
  void forgetHeard() {
    last.clear();
  }

  /** Says the next number to all; returns it. */
  int broadcast() {
    int number = said.incrementAndGet();
    topic.broadcast(bytes(number));
    return number;
  }

  /** Says the next number to one. */
  void tell(ScaleGuest to) {
    topic.send(swarm.numberOf(to.peer.id()), bytes(said.incrementAndGet()));
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  /** Frames that it has sent over the links that it has. */
  long framesSent() {
    return peer.status().links().stream().mapToLong(link -> link.traffic().sent()).sum();
  }

  boolean isLinked(SoakDaemon daemon) {
    return peer.isLinked(PeerId.ofHex(daemon.id()));
  }

  @Override
  public void close() {
    peer.close();
  }
}
