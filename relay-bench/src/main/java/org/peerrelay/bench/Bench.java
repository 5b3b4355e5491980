package org.peerrelay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.peerrelay.bench.Contender.Purpose;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.lab.load.LoadFailedException;
import org.peerrelay.lab.load.LoadGenerator;

/**
 * Starts servers and measures them: they run on core 0, this JVM with the generator is expected to
 * have been pinned to another.
 */
final class Bench {
  private static final int SERVER_CORE = 0;
  private static final long SETTLE_S = 1;

  /** How many connections are made at once to see what one costs, and how often before that. */
  private static final int CONNECTS = 1_000;

  private static final int HEATING_CONNECTS = 9;

  private final ComparePlan plan;
  private final Path folder;
  private long seed;

  /** Keeps servers' files and output in {@code folder}. */
  Bench(ComparePlan plan, Path folder, long seed) {
    this.plan = plan;
    this.folder = folder;
    this.seed = seed;
  }

  /** Those that can be started, each with so many clients. */
  Fleet fleet(List<Contender> contenders, int clients, Attempts attempts)
      throws InterruptedException {
    Fleet fleet = new Fleet(plan, attempts);
    for (Contender contender : contenders) {
      attempts.succeeds(contender, () -> join(fleet, contender, clients));
    }
    return fleet;
  }

  private void join(Fleet fleet, Contender contender, int clients)
      throws IOException, InterruptedException, LoadFailedException {
    ServerProcess server = start(contender, Purpose.LOAD);
    try {
      fleet.add(contender, server, connect(contender, server, clients));
    } catch (IOException | InterruptedException | LoadFailedException e) {
      server.close();
      throw e;
    }
  }

  /** Bytes of resident memory for each idle connection, beyond the server without any. */
  double idleBytes(Contender contender)
      throws IOException, InterruptedException, LoadFailedException {
    int connections = contender.idleConnections();
    try (ServerProcess server = start(contender, Purpose.IDLE)) {
      long empty = settledBytes(contender, server);
      LoadGenerator idle = connect(contender, server, connections);
      try {
        return (double) (settledBytes(contender, server) - empty) / connections;
      } finally {
        idle.close();
      }
    }
  }

  /** Server CPU time for each connection that is made, once compilers have done what they do. */
  double connectUs(Contender contender)
      throws IOException, InterruptedException, LoadFailedException {
    try (ServerProcess server = start(contender, Purpose.LOAD)) {
      for (int i = 0; i < HEATING_CONNECTS; i++) {
        connect(contender, server, CONNECTS).close();
      }
      CpuWatch watch = new CpuWatch(server);
      watch.begin();
      LoadGenerator connected = connect(contender, server, CONNECTS);
      watch.end();
      connected.close();
      return watch.serverNs() / 1e3 / CONNECTS;
    }
  }

  /** Twice, since a JVM gives memory back to the system only after it has collected. */
  private static long settledBytes(Contender contender, ServerProcess server)
      throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      TimeUnit.SECONDS.sleep(SETTLE_S);
      if (contender.isJvm()) {
        server.collectGarbage();
      }
    }
    return server.residentBytes();
  }

  private ServerProcess start(Contender contender, Purpose purpose)
      throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    Path log = folder.resolve(contender.name().replace(' ', '-') + ".log");
    return ServerProcess.start(contender.command(port, folder, purpose), port, SERVER_CORE, log);
  }

  private LoadGenerator connect(Contender contender, ServerProcess server, int clients)
      throws IOException, InterruptedException, LoadFailedException {
    seed++;
    return LoadGenerator.connect(
        server.url(), contender.shape(server, clients, seed), clients, 1, seed);
  }
}
