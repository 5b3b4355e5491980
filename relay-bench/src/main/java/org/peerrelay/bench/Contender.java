package org.peerrelay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.lab.load.Shape;

/** A server of the comparison: how it is started, and how it is spoken to. */
public interface Contender {
  /** What a server is started for. */
  enum Purpose {
    /** To carry messages. */
    LOAD,
    /** To hold connections; a JVM then gets a heap that shrinks with what it holds. */
    IDLE
  }

  /** A short name for tables. */
  String name();

  /** What this machine lacks to run it, as one line for people; empty if nothing. */
  Optional<String> missing();

  /**
   * The command that serves on {@code port} of loopback.
   *
   * @param folder for files that it needs
   */
  List<String> command(int port, Path folder, Purpose purpose) throws IOException;

  /** How clients speak to the server that was started. */
  Shape shape(ServerProcess server, int clients, long seed) throws IOException;

  /** Whether it is a JVM, which can be told to collect its garbage. */
  default boolean isJvm() {
    return false;
  }

  /** How many idle connections to measure its memory with. */
  default int idleConnections() {
    return 10_000;
  }
}
