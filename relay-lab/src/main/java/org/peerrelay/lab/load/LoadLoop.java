package org.peerrelay.lab.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clients that one event loop drives, a generator by itself: its messages go among its own
 * clients, so that loops share nothing. State and callbacks belong to the event loop; {@link
 * #connect} and {@link #run} are for any thread.
 */
final class LoadLoop {
  /** Few enough for the shortest accept queue. */
  private static final int MAX_PENDING = 64;

  /** Beyond the ten seconds that a relay of ours allows for a handshake. */
  private static final long STALL_S = 12;

  private final EventLoop eventLoop;
  private final Dialer dialer;
  private final Shape shape;
  private final int firstClient;
  private final SplittableRandom random;
  private final FrameBuffer frame = new FrameBuffer();
  private final ClientConnection[] connections;
  private final List<ClientConnection> unflushed = new ArrayList<>();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private int dialed;
  private int ready;
  private boolean stopped;
  private @Nullable ActiveRun active;

  LoadLoop(
      EventLoop eventLoop, Dialer dialer, Shape shape, int firstClient, int clients, long seed) {
    this.eventLoop = eventLoop;
    this.dialer = dialer;
    this.shape = shape;
    this.firstClient = firstClient;
    this.connections = new ClientConnection[clients];
    this.random = new SplittableRandom(seed);
  }

  /** Connects all clients; fails with the first problem, or when nothing happens for a while. */
  CompletableFuture<Void> connect() {
    eventLoop.execute(this::dialMore);
    expectMoreThan(0);
    return connected;
  }

  /** However many clients there are, a relay that is alive takes on some of them all the time. */
  private void expectMoreThan(int before) {
    eventLoop.schedule(
        () -> {
          if (ready > before) {
            expectMoreThan(ready);
          } else {
            connected.completeExceptionally(
                new LoadFailedException(
                    "connections: %,d of %,d, and no more for %d s (expected: all)"
                        .formatted(ready, connections.length, STALL_S)));
          }
        },
        STALL_S,
        TimeUnit.SECONDS);
  }

  private void dialMore() {
    while (dialed < connections.length && dialed - ready < MAX_PENDING && !connected.isDone()) {
      ClientConnection connection = newConnection(firstClient + dialed);
      connections[dialed++] = connection;
      dialer
          .dial(eventLoop, connection)
          .addListener(
              (ChannelFuture done) -> {
                if (!done.isSuccess()) {
                  onFailed(LoadFailedException.of(done.cause()));
                }
              });
    }
  }

  private ClientConnection newConnection(int number) {
    Handshake handshake = new Handshake(shape.upgrade(number), random);
    // Zero would mean no masking, which some relays are quicker with.
    int mask = random.nextInt() | 0x01010101;
    return new ClientConnection(number, this, shape, handshake, dialer.url(), mask);
  }

  void onReady() {
    ready++;
    if (ready == connections.length) {
      connected.complete(null);
    } else {
      dialMore();
    }
  }

  /** A connection broke: before all stood, that ends the attempt; later it is counted. */
  void onFailed(LoadFailedException problem) {
    if (!connected.completeExceptionally(problem) && active != null) {
      active.onConnectionLost();
    }
  }

  void onPayload(ClientConnection connection, ByteBuf in, int index, int length) {
    if (active != null) {
      active.onPayload(connection.number() - firstClient, in, index, length);
    }
  }

  /** Begins a run at {@code startNs} of {@link System#nanoTime}; done when all is over. */
  CompletableFuture<Tally> run(int number, LoadRun run, Pace share, long startNs) {
    ActiveRun next = new ActiveRun(this, eventLoop, number, run, share, startNs, random.split());
    eventLoop.execute(
        () -> {
          active = next;
          if (stopped) {
            next.stop();
          } else {
            next.begin();
          }
        });
    return next.done();
  }

  /** Ends the connecting, or the present run and those to come, as soon as possible. Any thread. */
  void stop() {
    eventLoop.execute(
        () -> {
          stopped = true;
          connected.completeExceptionally(new LoadFailedException("connecting: stopped"));
          if (active != null) {
            active.stop();
          }
        });
  }

  /** Any thread. */
  CompletableFuture<LoadProgress> progress() {
    return CompletableFuture.supplyAsync(
        () -> active == null ? new LoadProgress(ready, 0, 0) : active.progress(ready), eventLoop);
  }

  /** Has a message written; tells whether the sender's socket took it. */
  boolean writeMessage(int sender, int target, byte[] payload) {
    return connections[sender].writeMessage(firstClient + target, payload);
  }

  int clients() {
    return connections.length;
  }

  int payloadBytes() {
    return active == null ? 0 : active.payloadBytes();
  }

  FrameBuffer frame() {
    return frame;
  }

  void flushLater(ClientConnection connection) {
    unflushed.add(connection);
  }

  void flush() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
  }

  /** Closes all connections. Any thread. */
  void closeAll() {
    eventLoop.execute(
        () -> {
          for (int i = 0; i < dialed; i++) {
            connections[i].close();
          }
        });
  }
}
