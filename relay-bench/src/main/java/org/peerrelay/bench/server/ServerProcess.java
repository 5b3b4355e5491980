package org.peerrelay.bench.server;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server of the comparison: a process on a core of its own that listens on loopback. Ended when
 * it is closed, and at the latest with this JVM.
 */
public final class ServerProcess implements AutoCloseable {
  private static final long START_TIMEOUT_MS = 20_000;
  private static final long START_POLL_MS = 20;
  private static final int CONNECT_TIMEOUT_MS = 200;
  private static final long STOP_TIMEOUT_S = 5;
  private static final long COMMAND_TIMEOUT_S = 20;

  private final Process process;
  private final int port;
  private final Path log;
  private final Thread atExit;

  private ServerProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.atExit = new Thread(this::end);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a server on core {@code core} and waits until it accepts connections.
   *
   * @param log gets what it prints
   * @throws IOException if it cannot be started or does not listen in time
   */
  public static ServerProcess start(List<String> command, int port, int core, Path log)
      throws IOException, InterruptedException {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    pinned.addAll(command);
    Process process =
        new ProcessBuilder(pinned)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile())
            .redirectErrorStream(true)
            .start();
    ServerProcess server = new ServerProcess(process, port, log);
    try {
      server.awaitListening();
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /** A port that is free at the moment. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening() throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS);
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() > deadlineNs) {
        throw new IOException(
            "server: does not listen on " + port + " (expected: it does), it said: " + output());
      }
      TimeUnit.MILLISECONDS.sleep(START_POLL_MS);
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where clients reach it; the path is the shape's matter. */
  public String url() {
    return "ws://127.0.0.1:" + port;
  }

  /** What it has printed so far. */
  public String output() throws IOException {
    return Files.readString(log);
  }

  /** CPU time that it and its children have used so far, in nanoseconds. */
  public long cpuNs() throws IOException {
    return ProcessTimes.cpuNs(process.toHandle());
  }

  /** Memory that it and its children have resident. */
  public long residentBytes() throws IOException {
    return ProcessTimes.residentBytes(process.toHandle());
  }

  /** Has a JVM collect all garbage. */
  public void collectGarbage() throws IOException, InterruptedException {
    Process command =
        new ProcessBuilder("jcmd", Long.toString(process.pid()), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectErrorStream(true)
            .start();
    if (!command.waitFor(COMMAND_TIMEOUT_S, TimeUnit.SECONDS) || command.exitValue() != 0) {
      command.destroyForcibly();
      throw new IOException("jcmd GC.run: failed (expected: exit code 0)");
    }
  }

  /** Ends the process, by force if it does not end by itself within some seconds. */
  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
