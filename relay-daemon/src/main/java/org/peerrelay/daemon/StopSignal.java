package org.peerrelay.daemon;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command run until the process is told to end by SIGTERM, SIGINT or SIGHUP, and then end in
 * its own way with status 0, where the JVM's would be 128 and the signal's number.
 *
 * <p>{@link #close()} comes last, when everything else is closed.
 */
final class StopSignal implements AutoCloseable {
  /** Within the five seconds in which a command ends, whatever hangs. */
  private static final long CLOSING_MS = 4_800;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "relay-stop");

  /** Begins to catch signals. */
  StopSignal() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal has come already, and the process is about to end.
      request();
    }
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
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal came, and the hook is about to end the process.
    }
  }

  private void onShutdown() {
    requested.countDown();
    try {
      closed.await(CLOSING_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitStatus.OK.code());
  }
}
