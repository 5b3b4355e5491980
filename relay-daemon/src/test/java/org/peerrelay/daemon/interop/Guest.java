package org.peerrelay.daemon.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.peerrelay.Peer;
import org.peerrelay.Swarm;
import org.peerrelay.Topic;
import org.peerrelay.id.PeerId;
import org.peerrelay.swarm.SwarmKey;

/** A peer in this process that is a member of one swarm with one topic, and what it was told. */
final class Guest implements AutoCloseable {
  private static final SwarmKey KEY = SwarmKey.of("the swarm of all tests");
  private static final String TOPIC = "talk";

  /** One thing that was told. */
  record Event(String what, String peer) {}

  private final JavaPeer peer;
  private final Swarm swarm;
  private final Topic topic;
  private final Mailbox<Event> events = new Mailbox<>();

  private Guest(JavaPeer peer) {
    this.peer = peer;
    this.swarm = peer.peer().swarm(KEY);
    swarm.watch(
        number -> events.add(new Event("join", idOf(number))),
        number -> events.add(new Event("leave", idOf(number))));
    this.topic =
        swarm.topic(
            TOPIC, (number, data) -> events.add(new Event(new String(data, UTF_8), idOf(number))));
  }

  /** Joins over the daemons at these URLs. */
  static Guest at(String... urls) {
    return new Guest(JavaPeer.start(Impatient.leaf(), urls));
  }

  private String idOf(int number) {
    return Objects.requireNonNull(swarm.idOf(number)).hex();
  }

  String id() {
    return peer.id();
  }

  Peer peer() {
    return peer.peer();
  }

  /** Waits until it is known that the others are there. */
  void awaitPresent(Iterable<Guest> others) {
    for (Guest other : others) {
      if (other != this) {
        events.await("join of " + other.id(), () -> isPresent(other.id()));
      }
    }
  }

  /** What was told last of a peer. */
  private boolean isPresent(String id) {
    boolean present = false;
    for (Event event : events.rest()) {
      if (event.peer().equals(id)) {
        present = event.what().equals("join") || (present && !event.what().equals("leave"));
      }
    }
    return present;
  }

  void awaitLeft(String id) {
    events.await("leave of " + id, () -> !isPresent(id));
  }

  void broadcast(String text) {
    topic.broadcast(text.getBytes(UTF_8));
  }

  void send(Guest to, String text) {
    topic.send(swarm.numberOf(PeerId.ofHex(to.id())), text.getBytes(UTF_8));
  }

  /** Waits for what {@code author} has said, and takes it out. */
  void awaitText(Guest author, String text) {
    Event expected = new Event(text, author.id());
    events.take(expected.toString(), expected::equals);
  }

  /** Waits for what {@code author} says, for so long; takes it out and tells whether it came. */
  boolean hears(Guest author, String text, Duration within) {
    return events.takes(new Event(text, author.id())::equals, within);
  }

  /** Waits that long for somebody to leave; tells whether somebody does, or has. */
  boolean seesLeave(Duration within) {
    return events.takes(event -> event.what().equals("leave"), within);
  }

  /** What was told and is still there. */
  List<Event> events() {
    return events.rest();
  }

  /** Who is there, by number. */
  Map<Integer, PeerId> peers() {
    return swarm.peers();
  }

  /** Leaves, and stays linked. */
  void leave() {
    swarm.close();
  }

  /** Is a member again, until it is closed. What it is told is not noted any more. */
  void comeBack() {
    peer.peer().swarm(KEY);
  }

  @Override
  public void close() {
    peer.close();
  }
}
