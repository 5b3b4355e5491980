package org.peerrelay.bench;

import static org.peerrelay.bench.ComparePlan.LATENCY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /**
   * Arguments: the root of the repository, then {@code --short} for a short run, or {@code
   * --latency} for the latency alone.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> options = List.of(args).subList(1, args.length);
    if (options.isEmpty()) {
      new Compare(ComparePlan.FULL, Path.of(args[0]), "scripts/compare").run(true);
    } else if (options.equals(List.of("--short"))) {
      new Compare(ComparePlan.SHORT, Path.of(args[0]), "scripts/compare --short").run(false);
    } else if (options.equals(List.of("--latency"))) {
      new Compare(ComparePlan.LATENCY_ONLY, Path.of(args[0]), "scripts/compare --latency")
          .run(false);
    } else {
      say("options: " + options + " (expected: none, --short, or --latency)");
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
    Report report = new Report(results, YARDSTICK);
    String measured =
        plan.rounds() == 0
            ? report.latencyMarkdown(machine, command)
            : report.markdown(machine, command);
    System.out.println(measured);
    ResultsJson.write(work.resolve("results.json"), results, machine, command);
    if (!complete) {
      say("not all could be measured, see above; nothing is published");
      System.exit(1);
    }
    if (plan.rounds() == 0) {
      return;
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

  /** Measures all in every round, so that what the machine does meanwhile hits all alike. */
  private boolean measure(List<Contender> contenders, Results results) throws InterruptedException {
    Bench bench = new Bench(plan, work, FIRST_SEED);
    boolean complete = true;
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Contender contender : contenders) {
        say("round " + round + " of " + plan.rounds() + ": " + contender.name());
        complete &= tried(contender, () -> measure(bench, contender, results));
      }
    }
    for (int round = 1; round <= plan.latencyRounds(); round++) {
      for (Contender contender : contenders) {
        if (plan.rounds() == 0 || results.median(contender.name(), LATENCY).isPresent()) {
          say("latency " + round + " of " + plan.latencyRounds() + ": " + contender.name());
          complete &= tried(contender, () -> load(bench, contender, results, List.of(LATENCY)));
        }
      }
    }
    return complete;
  }

  private interface Measuring {
    void run() throws IOException, InterruptedException, LoadFailedException;
  }

  private static boolean tried(Contender contender, Measuring measuring)
      throws InterruptedException {
    try {
      measuring.run();
      return true;
    } catch (IOException | LoadFailedException e) {
      say(contender.name() + ": " + e.getMessage());
      return false;
    }
  }

  private static void load(Bench bench, Contender contender, Results results, List<Cell> cells)
      throws IOException, InterruptedException, LoadFailedException {
    Map<Cell, Measurement> measured = bench.load(contender, cells.get(0).clients(), cells);
    measured.forEach((cell, run) -> say("  " + cell + ": " + run));
    results.add(contender.name(), measured);
  }

  private static void measure(Bench bench, Contender contender, Results results)
      throws IOException, InterruptedException, LoadFailedException {
    for (int clients : ComparePlan.CLIENTS) {
      load(bench, contender, results, ComparePlan.cells(clients));
    }
    double idleBytes = bench.idleBytes(contender);
    say("  " + Math.round(idleBytes) + " bytes for each idle connection");
    results.addIdle(contender.name(), idleBytes);
    double connectUs = bench.connectUs(contender);
    say("  " + Math.round(connectUs) + " us for each new connection");
    results.addConnect(contender.name(), connectUs);
  }

  private static void say(String line) {
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
