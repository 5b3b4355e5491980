package org.peerrelay.daemon;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.Swarm;
import org.peerrelay.id.PeerId;
import org.peerrelay.transport.WebSocketUrl;

/** A command's membership in a swarm, from its joining until the command is to end. */
final class SwarmSession implements AutoCloseable {
  private final SwarmWords words;
  private final TimeoutOption timeout;
  private final StopSignal stop;
  private final LinkNotes notes;
  private final Peer peer;
  private final Swarm swarm;

  private SwarmSession(
      SwarmWords words, SwarmOptions options, StopSignal stop, LinkNotes notes, Peer peer) {
    this.words = words;
    this.timeout = options.timeout();
    this.stop = stop;
    this.notes = notes;
    this.peer = peer;
    this.swarm = peer.swarm(Objects.requireNonNull(words.key()));
  }

  /** Starts a peer that joins; {@link #run} has to follow. */
  static SwarmSession open(SwarmWords words, SwarmOptions options, Console console, StopSignal stop)
      throws CommandFailedException, IOException {
    LinkNotes notes = new LinkNotes(console, words.urls());
    PeerBuilder builder = options.peer().onPeer(notes::onUp).onPeerLost(lost -> notes.onDown());
    words.urls().forEach(builder::bootstrap);
    return new SwarmSession(words, options, stop, notes, builder.start());
  }

  Swarm swarm() {
    return swarm;
  }

  /** The own id. */
  PeerId id() {
    return peer.id();
  }

  /** Has it told who is there, comes and goes. */
  void watch(SwarmResults results) {
    swarm.watch(
        number -> results.join(number, idOf(number)),
        number -> results.leave(number, idOf(number)));
  }

  private PeerId idOf(int number) {
    return Objects.requireNonNull(swarm.idOf(number));
  }

  /**
   * Waits until the command is to end.
   *
   * @param onJoined is run when a relay has taken the member, on a thread that must not be blocked
   * @throws CommandFailedException if none does in time
   */
  void run(Runnable onJoined) throws CommandFailedException, InterruptedException {
    CompletableFuture<Void> joined =
        swarm.joined().orTimeout(timeout.duration().toNanos(), TimeUnit.NANOSECONDS);
    joined.whenComplete(
        (done, late) -> {
          if (late == null) {
            onJoined.run();
          } else {
            stop.request();
          }
        });
    stop.await();
    boolean linked = notes.end();
    if (joined.isCompletedExceptionally()) {
      throw new CommandFailedException(
          ExitStatus.NO_LINK,
          linked
              ? "no answer: the relay has not taken the member within %s (expected: a relay that"
                      .formatted(timeout)
                  + " knows swarms)"
              : "no link: %s did not answer within %s (expected: a running relay); --verbose says why"
                  .formatted(urls(), timeout));
    }
  }

  private String urls() {
    return words.urls().stream().map(WebSocketUrl::withoutToken).collect(Collectors.joining(", "));
  }

  /** Leaves the swarm and closes the peer. */
  @Override
  public void close() {
    swarm.close();
    peer.close();
  }
}
