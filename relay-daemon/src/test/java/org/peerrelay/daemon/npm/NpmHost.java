package org.peerrelay.daemon.npm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One Node process and the npm peers and sockets in it. If the package throws where a program
 * cannot catch it, the process ends: then every wait fails with the error, and {@link #close} fails
 * unless the test expected that with {@link #awaitCrash}. Safe for any thread; calls block until
 * the driver has answered.
 */
public final class NpmHost implements AutoCloseable {
  /** How long anything in here is waited for, on a machine that is busy. */
  public static final Duration DEADLINE = Duration.ofSeconds(30);

  /** For what takes longer the more peers there are. */
  static final Duration CROWD_DEADLINE = Duration.ofSeconds(90);

  /** Added to a deadline that the driver itself keeps, so that its own report comes first. */
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(10);

  private final Map<String, NpmEvents> events = new ConcurrentHashMap<>();
  private final NodeProcess node;
  private volatile boolean endExpected;

  private NpmHost(Map<String, String> environment) {
    node = NodeProcess.start(NodeInstalled.npmFolder(), environment, this::onEvent);
  }

  /** Starts a Node process without peers. */
  public static NpmHost start() {
    return startIn(Map.of());
  }

  /** Starts a Node process without peers that has these environment variables too. */
  public static NpmHost startIn(Map<String, String> environment) {
    return new NpmHost(environment);
  }

  /**
   * {@code new PeerRelay({bootstrap})}: a peer that only dials. It returns before there is a link:
   * see {@link NpmPeer#awaitAccepted}.
   *
   * @param name one per peer and host, for reading failures
   */
  public NpmPeer open(String name, String... bootstrap) {
    return open(name, null, bootstrap);
  }

  /** {@code new PeerRelay({port: 0, bootstrap})}: a peer that listens too. */
  public NpmPeer listen(String name, String... bootstrap) {
    return open(name, 0, bootstrap);
  }

  /** A peer that listens on this port, for instance where another has listened before. */
  public NpmPeer listenOn(int port, String name, String... bootstrap) {
    return open(name, port, bootstrap);
  }

  private NpmPeer open(String name, @Nullable Integer port, String... bootstrap) {
    JsonLine command =
        JsonLine.command("open").with("name", name).with("bootstrap", List.of(bootstrap));
    if (port != null) {
      command.with("port", port);
    }
    NpmEvents own = register(name);
    JsonLine answer = ask(command);
    return new NpmPeer(this, name, answer.text("id"), answer.textOrNull("url"), own);
  }

  /**
   * {@code new PeerRelay.Socket({bootstrap})} with {@code bind(port)}; returns once it is bound,
   * which it is with its first link.
   */
  public NpmSocket openSocket(String name, int port, String... bootstrap) {
    NpmEvents own = register(name);
    JsonLine answer =
        ask(
            JsonLine.command("open-socket")
                .with("name", name)
                .with("port", port)
                .with("bootstrap", List.of(bootstrap)));
    return new NpmSocket(this, name, answer.text("id"), (int) answer.number("port"), own);
  }

  /**
   * Opens peers, a few at a time, and returns once each has its first link. A test that counts on
   * every message goes on with {@link NpmCrowd#awaitAccepted}.
   */
  public NpmCrowd openMany(String name, int count, String... bootstrap) {
    JsonLine answer =
        askCrowd(
            JsonLine.command("open-many")
                .with("name", name)
                .with("count", count)
                .with("bootstrap", List.of(bootstrap)));
    return new NpmCrowd(this, name, answer.texts("ids"));
  }

  /** What a run has sent and received in this process so far. */
  public NpmTally tally(String run) {
    return NpmTally.from(ask(JsonLine.command("tally").with("run", run)));
  }

  /**
   * The same once nothing of the run has arrived for half a second, or for five while fewer than
   * expected are there.
   *
   * @param expected arrivals at this host
   */
  public NpmTally settledTally(String run, long expected) {
    JsonLine command = JsonLine.command("settle").with("run", run).with("expected", expected);
    return NpmTally.from(await(node.ask(command), "settle", CROWD_DEADLINE));
  }

  /** Waits until the package throws, and makes {@link #close} accept that. */
  public NpmCrash awaitCrash() {
    String reason = await(node.ended(), "end of the node process", DEADLINE);
    NpmCrash crash = node.crash();
    if (crash == null) {
      throw new AssertionError(reason + " (expected: a crash)");
    }
    endExpected = true;
    return crash;
  }

  /** Ends the process as {@code kill -9} does, and makes {@link #close} accept that. */
  public void kill() {
    endExpected = true;
    node.kill();
  }

  /**
   * Stops the process where it is, as a machine that sleeps does: its links stay and say nothing.
   * It must {@link #resume} before {@link #close}.
   */
  public void freeze() {
    node.signal("STOP");
  }

  /** Lets a frozen process go on. */
  public void resume() {
    node.signal("CONT");
  }

  /**
   * Ends the process and with it every link.
   *
   * @throws AssertionError if it had ended by itself
   */
  @Override
  public void close() {
    int exitCode = node.stop();
    if (exitCode != 0 && !endExpected) {
      throw new AssertionError(await(node.ended(), "end of the node process", DEADLINE));
    }
  }

  JsonLine ask(JsonLine command) {
    return await(node.ask(command), command.text("op"), DEADLINE);
  }

  JsonLine askCrowd(JsonLine command) {
    command.with("deadlineMs", CROWD_DEADLINE.toMillis());
    return await(node.ask(command), command.text("op"), CROWD_DEADLINE.plus(ANSWER_MARGIN));
  }

  CompletableFuture<JsonLine> askLater(JsonLine command) {
    return node.ask(command);
  }

  static <T> T await(CompletableFuture<T> answer, String what, Duration deadline) {
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(what + ": " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "%s: no answer within %d s".formatted(what, deadline.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    }
  }

  private NpmEvents register(String name) {
    NpmEvents own = new NpmEvents(node.ended());
    if (events.putIfAbsent(name, own) != null) {
      throw new AssertionError("name: " + name + " (expected: one not used in this host)");
    }
    return own;
  }

  private void onEvent(JsonLine event) {
    NpmEvents of = events.get(event.text("peer"));
    if (of == null) {
      throw new AssertionError("event: " + event + " (expected: one of an open peer)");
    }
    switch (event.text("event")) {
      case "message" ->
          of.messages().add(new NpmMessage(event.text("from"), NpmPayload.from(event)));
      case "socket-message" ->
          of.datagrams()
              .add(
                  new NpmDatagram(
                      event.text("base64"), event.text("address"), (int) event.number("port")));
      case "peer" -> of.peers().add(event.text("id"));
      case "found-peers" -> of.acceptances().add(event.text("id"));
      case "closed" -> of.closings().add(event.text("id"));
      default -> throw new AssertionError("event: " + event + " (expected: a known one)");
    }
  }
}
