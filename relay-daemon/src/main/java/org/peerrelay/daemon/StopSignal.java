package org.peerrelay.daemon;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command run until the process is told to end by SIGTERM, SIGINT or SIGHUP, and then end in
 * its own way with status 0, where the JVM's would be 128 and the signal's number.
 *
 * <p>{@link #close()} comes last, when everything else is closed. A command that takes its time to
 * end is ended at once by a second SIGTERM or SIGINT.
 */
final class StopSignal implements AutoCloseable {
  /** Within the five seconds in which a command ends, whatever hangs. */
  private static final long CLOSING_MS = 4_800;

  /** Added to a signal's number, this is the exit status of what the signal ends, as in shells. */
  private static final int SIGNALLED = 128;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "relay-stop");
  private final long closingMs;
  private final List<Runnable> handled;

  /** Begins to catch signals. */
  StopSignal() {
    this(CLOSING_MS, false);
  }

  private StopSignal(long closingMs, boolean twice) {
    this.closingMs = closingMs;
    this.handled =
        twice
            ? List.of(Signals.handle("TERM", this::onSignal), Signals.handle("INT", this::onSignal))
            : List.of();
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal has come already, and the process is about to end.
      request();
    }
  }

  /** For a command that may take {@code closingMs} to end, unless a second signal comes. */
  static StopSignal drainingFor(long closingMs) {
    return new StopSignal(closingMs, true);
  }

  /** Ends the command as a signal would. Any thread. */
  void request() {
    requested.countDown();
  }

  /** Waits until the command is to end. */
  void await() throws InterruptedException {
    requested.await();
  }

  /** Waits for {@code timeoutMs} milliseconds at most; tells whether the command is to end. */
  boolean await(long timeoutMs) throws InterruptedException {
    return requested.await(timeoutMs, TimeUnit.MILLISECONDS);
  }

  /** Whether the command is to end. */
  boolean isRequested() {
    return requested.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    handled.forEach(Runnable::run);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal came, and the hook is about to end the process.
    }
  }

  private void onSignal(int number) {
    if (isRequested()) {
      Runtime.getRuntime().halt(SIGNALLED + number);
    }
    requested.countDown();
    if (!awaitClosed()) {
      Runtime.getRuntime().halt(ExitStatus.OK.code());
    }
  }

  private void onShutdown() {
    requested.countDown();
    awaitClosed();
    Runtime.getRuntime().halt(ExitStatus.OK.code());
  }

  private boolean awaitClosed() {
    try {
      return closed.await(closingMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
