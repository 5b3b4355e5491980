package org.peerrelay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peerrelay.bench.server.BareForwarder;
import org.peerrelay.bench.server.DaemonServer;
import org.peerrelay.bench.shape.RawShape;
import org.peerrelay.lab.chart.BarChart;
import org.peerrelay.lab.load.BinaryShape;
import org.peerrelay.lab.load.LegacyShape;
import org.peerrelay.lab.load.LoadFailedException;

/**
 * Compares our relay with others. Run it with {@code scripts/compare}, which pins it to a core;
 * each server gets another. A full run takes more than an hour, and puts its results into the
 * documentation; a short one takes some minutes, and only shows which way the wind blows.
 */
public final class Compare {
  private static final String YARDSTICK = "bare forwarder";
  private static final long FIRST_SEED = 1;
  private static final double IDLE_LOAD = 0.3;

  private final ComparePlan plan;
  private final Path root;
  private final Path work;
  private final String command;

  private Compare(ComparePlan plan, Path root, String command) throws IOException {
    this.plan = plan;
    this.root = root;
    this.command = command;
    this.work = Files.createDirectories(root.resolve("relay-bench/target/compare"));
  }

  /** Arguments: the root of the repository, then {@code --short} for a short run. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> options = List.of(args).subList(1, args.length);
    if (options.isEmpty()) {
      new Compare(ComparePlan.FULL, Path.of(args[0]), "scripts/compare").run(true);
    } else if (options.equals(List.of("--short"))) {
      new Compare(ComparePlan.SHORT, Path.of(args[0]), "scripts/compare --short").run(false);
    } else {
      say("options: " + options + " (expected: none, or --short)");
      System.exit(2);
    }
  }

  /** All servers of the comparison, in the order of its tables. */
  static List<Contender> contenders(Path root) {
    Path npm = root.resolve("relay-bench/npm");
    return List.of(
        new JavaContender(YARDSTICK, BareForwarder.class, List.of(), RawShape::random),
        new JavaContender(
            YARDSTICK + ", flushes gathered",
            BareForwarder.class,
            List.of("gather"),
            RawShape::random),
        new JavaContender(
            "Peer Relay, protocol 2",
            DaemonServer.class,
            List.of(),
            (clients, random) -> BinaryShape.fresh(clients)),
        new JavaContender(
            "Peer Relay, protocol 2, two loops",
            DaemonServer.class,
            List.of("2"),
            (clients, random) -> BinaryShape.fresh(clients)),
        new RelayServe(),
        new JavaContender("Peer Relay, legacy", DaemonServer.class, List.of(), LegacyShape::random),
        new Mosquitto(),
        new NatsServer(),
        new PeerJsServer(npm),
        new NpmPeerRelay("npm peer-relay", npm, false),
        new NpmPeerRelay("npm peer-relay, deflate", npm, true));
  }

  private void run(boolean publish) throws IOException, InterruptedException {
    List<Contender> contenders = contenders(root);
    List<String> missing =
        contenders.stream().flatMap(contender -> contender.missing().stream()).distinct().toList();
    if (!missing.isEmpty()) {
      missing.forEach(Compare::say);
      System.exit(2);
    }
    Machine machine = Machine.here();
    if (machine.busyCores() > IDLE_LOAD) {
      say(
          "load average: "
              + machine.busyCores()
              + " (expected: near 0; the results will be noisy)");
    }
    Results results = new Results(contenders.stream().map(Contender::name).toList());
    boolean complete = measure(contenders, results);
    String measured = new Report(results, YARDSTICK).markdown(machine, command);
    System.out.println(measured);
    ResultsJson.write(work.resolve("results.json"), results, machine, command);
    if (!complete) {
      say("not all could be measured, see above; nothing is published");
      System.exit(1);
    }
    chart(results).write(work.resolve("performance"));
    if (publish) {
      Path docs = root.resolve("docs");
      chart(results).write(docs.resolve("performance"));
      PerformancePage.update(
          docs.resolve("performance.md"),
          "![CPU time of the server for each delivered message](performance.svg)\n\n" + measured);
    }
  }

  /** Measures all in every round; tells whether nothing has failed. */
  private boolean measure(List<Contender> contenders, Results results) throws InterruptedException {
    Bench bench = new Bench(plan, work, FIRST_SEED);
    Attempts attempts = new Attempts();
    for (int round = 1; round <= plan.rounds(); round++) {
      for (int clients : ComparePlan.CLIENTS) {
        say("round " + round + " of " + plan.rounds() + ": " + clients + " clients");
        try (Fleet fleet = bench.fleet(contenders, clients, attempts)) {
          load(fleet, clients, results);
        }
      }
      say("round " + round + " of " + plan.rounds() + ": connections");
      for (Contender contender : contenders) {
        attempts.succeeds(contender, () -> connect(bench, contender, results));
      }
    }
    return attempts.isComplete();
  }

  private static void load(Fleet fleet, int clients, Results results) throws InterruptedException {
    fleet.heat();
    for (Cell cell : ComparePlan.cells(clients)) {
      say("  " + cell);
      fleet.measure(
          cell,
          (contender, measurement) -> {
            say("    " + contender.name() + ": " + measurement);
            results.add(contender.name(), cell, measurement);
          });
    }
  }

  private static void connect(Bench bench, Contender contender, Results results)
      throws IOException, InterruptedException, LoadFailedException {
    double idleBytes = bench.idleBytes(contender);
    results.addIdle(contender.name(), idleBytes);
    double connectUs = bench.connectUs(contender);
    results.addConnect(contender.name(), connectUs);
    say(
        "  %s: %.0f bytes for each idle connection, %.0f us for each new one"
            .formatted(contender.name(), idleBytes, connectUs));
  }

  static void say(String line) {
    System.err.println("compare: " + line);
  }

  private static BarChart chart(Results results) {
    BarChart chart =
        new BarChart("Server CPU for each delivered message of 100 B", "µs", results.names());
    ComparePlan.allCells()
        .filter(cell -> cell.isFlatOut() && cell.payloadBytes() == ComparePlan.SMALL_BYTES)
        .forEach(
            cell ->
                chart.add(
                    cell.clients() + " clients",
                    results.names().stream()
                        .map(name -> results.median(name, cell).orElseThrow().cpuUs())
                        .toList()));
    return chart;
  }
}
