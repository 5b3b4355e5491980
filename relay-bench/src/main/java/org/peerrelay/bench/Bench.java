package org.peerrelay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.peerrelay.bench.Contender.Purpose;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.lab.load.LoadFailedException;
import org.peerrelay.lab.load.LoadGenerator;
import org.peerrelay.lab.load.LoadReport;
import org.peerrelay.lab.load.Phase;

/**
 * Measures one server at a time: it runs on core 0, this JVM with the generator is expected to have
 * been pinned to another.
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

  /**
   * Loads with so many clients on a fresh server; those that it cannot keep up with are left out.
   */
  Map<Cell, Measurement> load(Contender contender, int clients, List<Cell> cells)
      throws IOException, InterruptedException, LoadFailedException {
    Map<Cell, Measurement> measured = new LinkedHashMap<>();
    try (ServerProcess server = start(contender, Purpose.LOAD);
        LoadGenerator generator = connect(contender, server, clients)) {
      double capacity = heat(generator);
      for (Cell cell : cells) {
        if (cell.ratePerSecond() < capacity) {
          Measurement result = measure(server, generator, cell);
          measured.put(cell, result);
          capacity = cell.isFlatOut() ? Math.min(capacity, result.throughput()) : capacity;
        }
      }
    }
    return measured;
  }

  /** Tells how many messages a second came through in the end. */
  private double heat(LoadGenerator generator) throws InterruptedException, LoadFailedException {
    long arrived = 0;
    double throughput = 0;
    for (int i = 0; i < plan.heatingRuns() && arrived < ComparePlan.HEATING_MESSAGES; i++) {
      LoadReport report = generator.run(ComparePlan.heatingRun(), phase -> {});
      arrived += report.arrivedMeanwhile();
      throughput = report.throughput();
    }
    return throughput;
  }

  private Measurement measure(ServerProcess server, LoadGenerator generator, Cell cell)
      throws LoadFailedException, InterruptedException {
    CpuWatch watch = new CpuWatch(server);
    LoadReport report =
        generator.run(
            plan.run(cell),
            phase -> {
              if (phase == Phase.MEASURING) {
                watch.begin();
              } else {
                watch.end();
              }
            });
    return new Measurement(
        watch.serverNs() / 1e3 / Math.max(1, report.arrivedMeanwhile()),
        watch.serverNs() / 1e9 / report.seconds(),
        watch.generatorNs() / 1e9 / report.seconds(),
        report.throughput(),
        (double) report.lost() / Math.max(1, report.sent()),
        report.duplicates() + report.corrupted() + report.connectionsLost(),
        report.latencyMs(50),
        report.latencyMs(99),
        report.latencyMs(99.9));
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
