package org.peerrelay.lab.load;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.peerrelay.transport.ClientTls;

/**
 * Clients of one relay, connected, ready for runs of load: each message goes from a client drawn at
 * random to another. With several threads each drives its share of the clients, and messages stay
 * among these. One thread at a time.
 */
public final class LoadGenerator implements AutoCloseable {
  /** Beyond a run's own time: all that draining and a busy machine may take. */
  private static final long RUN_MARGIN_S = 30;

  private static final long START_DELAY_NS = 10_000_000;
  private static final long CLOSE_TIMEOUT_S = 10;
  private static final Duration CONNECT_TIMEOUT = Duration.ofHours(1);
  private static final Duration PROGRESS_TIMEOUT = Duration.ofSeconds(10);

  private final EventLoopGroup group;
  private final List<LoadLoop> loops;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private int runs;

  private LoadGenerator(EventLoopGroup group, List<LoadLoop> loops) {
    this.group = group;
    this.loops = loops;
  }

  /**
   * Connects all clients, and waits until the relay serves them.
   *
   * @param url of the relay, {@code ws://} or {@code wss://}; the shape may want another path
   * @param clients how many connections; at least 2 for each thread
   * @param threads how many event loops drive them
   * @param seed of senders, targets and contents
   * @throws LoadFailedException if one connection fails, or none is added for some seconds
   */
  public static LoadGenerator connect(String url, Shape shape, int clients, int threads, long seed)
      throws LoadFailedException, InterruptedException {
    LoadGenerator generator = of(url, ClientTls.ofJava(), shape, clients, threads, seed);
    try {
      generator.connect();
      return generator;
    } catch (LoadFailedException | InterruptedException | RuntimeException e) {
      generator.close();
      throw e;
    }
  }

  /**
   * A generator that is not connected yet; the other arguments are those of {@link #connect(String,
   * Shape, int, int, long)}.
   *
   * @param trust whom to believe at a {@code wss://} URL
   * @throws LoadFailedException if the host has no address
   */
  public static LoadGenerator of(
      String url, ClientTls trust, Shape shape, int clients, int threads, long seed)
      throws LoadFailedException {
    if (threads < 1 || clients < 2 * threads) {
      throw new IllegalArgumentException(
          "clients: " + clients + " (expected: at least 2 for each of " + threads + " threads)");
    }
    Dialer dialer = new Dialer(RelayUrl.of(url), trust);
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("load", true), Dialer.ioHandlers());
    return new LoadGenerator(group, loops(group, dialer, shape, clients, threads, seed));
  }

  /**
   * Connects all clients, some at a time, and waits until the relay serves them. Once.
   *
   * @throws LoadFailedException if one connection fails, none is added for some seconds, or the
   *     generator is stopped
   */
  public void connect() throws LoadFailedException, InterruptedException {
    await(loops.stream().map(LoadLoop::connect).toList(), CONNECT_TIMEOUT);
  }

  private static List<LoadLoop> loops(
      EventLoopGroup group, Dialer dialer, Shape shape, int clients, int threads, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<LoadLoop> loops = new ArrayList<>();
    for (EventExecutor executor : group) {
      int first = (int) ((long) clients * loops.size() / threads);
      int next = (int) ((long) clients * (loops.size() + 1) / threads);
      loops.add(
          new LoadLoop(
              (EventLoop) executor, dialer, shape, first, next - first, random.nextLong()));
    }
    return loops;
  }

  /**
   * Runs a load and waits until it is over.
   *
   * @param onPhase is told on the caller's thread when messages begin to count and when they cease
   * @return what it measured, which is less than was planned if it was {@linkplain #stop stopped}
   * @throws LoadFailedException if the run does not end in time
   */
  public LoadReport run(LoadRun run, Consumer<Phase> onPhase)
      throws LoadFailedException, InterruptedException {
    int number = ++runs;
    long startNs = System.nanoTime() + START_DELAY_NS;
    List<CompletableFuture<Tally>> tallies =
        loops.stream()
            .map(loop -> loop.run(number, run, share(run.pace(), loop), startNs))
            .toList();
    long fromNs = startNs + run.warmUp().toNanos();
    waitUntil(fromNs);
    onPhase.accept(Phase.MEASURING);
    waitUntil(fromNs + run.measured().toNanos());
    onPhase.accept(Phase.MEASURED);
    return LoadReport.of(await(tallies, Duration.ofSeconds(RUN_MARGIN_S)));
  }

  /**
   * Has {@link #connect()} fail, and ends the present run and those to come: what is on its way is
   * waited for a second at most. Any thread.
   */
  public void stop() {
    stopped.countDown();
    loops.forEach(LoadLoop::stop);
  }

  /** How far it has come. Any thread; waits for the event loops for a moment. */
  public LoadProgress progress() throws LoadFailedException, InterruptedException {
    return LoadProgress.sum(
        await(loops.stream().map(LoadLoop::progress).toList(), PROGRESS_TIMEOUT));
  }

  /** Its share of the load, by its share of the clients. */
  private Pace share(Pace pace, LoadLoop loop) {
    double share = (double) loop.clients() / loops.stream().mapToInt(LoadLoop::clients).sum();
    if (pace instanceof Pace.Window window) {
      return new Pace.Window((int) Math.max(1, Math.round(window.inFlight() * share)));
    }
    return new Pace.Rate(((Pace.Rate) pace).perSecond() * share);
  }

  /** Less long if it is stopped. */
  private void waitUntil(long timeNs) throws InterruptedException {
    boolean unused = stopped.await(timeNs - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static <T> List<T> await(List<CompletableFuture<T>> futures, Duration timeout)
      throws LoadFailedException, InterruptedException {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    try {
      all.get(timeout.toSeconds(), TimeUnit.SECONDS);
      return futures.stream().map(CompletableFuture::join).toList();
    } catch (ExecutionException e) {
      throw LoadFailedException.of(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new LoadFailedException("load: not over (expected: within " + timeout + ")");
    }
  }

  /** Closes all connections, and waits for that for some seconds at most. */
  @Override
  public void close() {
    loops.forEach(LoadLoop::closeAll);
    group
        .shutdownGracefully(0, CLOSE_TIMEOUT_S / 2, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
  }
}
