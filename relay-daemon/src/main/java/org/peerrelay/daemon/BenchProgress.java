package org.peerrelay.daemon;

import java.util.Locale;
import org.peerrelay.lab.load.LoadFailedException;
import org.peerrelay.lab.load.LoadGenerator;
import org.peerrelay.lab.load.LoadProgress;

/**
 * Watches over a load on a thread of its own: tells the user how far it has come, and stops it when
 * the command is to end.
 */
final class BenchProgress implements AutoCloseable {
  private static final long PERIOD_MS = 2_000;

  private final Console console;
  private final StopSignal stop;
  private final LoadGenerator generator;
  private final int clients;
  private final Thread thread = new Thread(this::watch, "relay-progress");

  /** Over {@code generator}, which is to have {@code clients} clients. */
  BenchProgress(Console console, StopSignal stop, LoadGenerator generator, int clients) {
    this.console = console;
    this.stop = stop;
    this.generator = generator;
    this.clients = clients;
    thread.setDaemon(true);
  }

  /** Begins to watch. */
  void begin() {
    thread.start();
  }

  private void watch() {
    try {
      while (!stop.await(PERIOD_MS)) {
        tell(generator.progress());
      }
      generator.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LoadFailedException e) {
      console.note(String.valueOf(e.getMessage()));
    }
  }

  private void tell(LoadProgress progress) {
    if (progress.connected() < clients) {
      note("connected %,d of %,d clients", progress.connected(), clients);
    } else if (progress.sent() > 0) {
      note("%,d messages sent, %,d delivered", progress.sent(), progress.delivered());
    }
  }

  private void note(String text, Object... numbers) {
    console.note(String.format(Locale.ROOT, text, numbers));
  }

  /** Tells no more. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
