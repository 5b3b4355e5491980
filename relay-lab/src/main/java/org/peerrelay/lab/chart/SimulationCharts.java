package org.peerrelay.lab.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.peerrelay.lab.simulation.Distribution;
import org.peerrelay.lab.simulation.Findings;
import org.peerrelay.lab.simulation.Interval;
import org.peerrelay.lab.simulation.Partition;
import org.peerrelay.lab.simulation.RoleFindings;
import org.peerrelay.lab.simulation.SimulationReport;
import org.peerrelay.message.MessageKind;

/** What a simulation has found, in charts; each is left out if nothing was found for it. */
public final class SimulationCharts {
  private static final double PERCENT = 100;

  /** Kinds of messages that are a smaller part of what a role sends share a bar. */
  private static final double LEAST_PART = 0.03;

  private final SimulationReport report;
  private final Findings findings;
  private final Path folder;
  private final List<Path> written = new ArrayList<>();

  private SimulationCharts(SimulationReport report, Path folder) {
    this.report = report;
    this.findings = report.findings();
    this.folder = folder;
  }

  /**
   * Writes them into a folder that is there, each as PNG and SVG; returns their names without the
   * endings.
   *
   * @throws IOException if a file cannot be written
   */
  public static List<Path> write(SimulationReport report, Path folder) throws IOException {
    SimulationCharts charts = new SimulationCharts(report, folder);
    charts.delivery();
    charts.hops();
    charts.repair();
    charts.control();
    return List.copyOf(charts.written);
  }

  private void delivery() throws IOException {
    List<Interval> sent =
        findings.timeline().stream().filter(interval -> interval.sent() > 0).toList();
    if (sent.size() < 2) {
      return;
    }
    List<Double> seconds = new ArrayList<>();
    List<Double> percents = new ArrayList<>();
    for (Interval interval : sent) {
      seconds.add(interval.startS());
      percents.add(PERCENT * interval.delivered() / interval.sent());
    }
    Interval last = sent.get(sent.size() - 1);
    seconds.add(last.startS() + last.lengthS());
    percents.add(percents.get(percents.size() - 1));
    TimeChart chart =
        new TimeChart(
            "Messages that arrived, by when they were sent",
            "seconds since measuring began",
            "arrived, %",
            seconds,
            percents);
    Partition partition = report.scenario().partition();
    if (partition.lengthS() > 0) {
      chart.mark(partition.afterS(), "apart");
      chart.mark(partition.afterS() + partition.lengthS(), "healed");
    }
    chart.write(file("delivery"));
  }

  private void hops() throws IOException {
    if (findings.first().delivered() == 0) {
      return;
    }
    BarChart chart = quantiles("Relays that messages passed", "relays");
    chart.add("first message of a pair", quantiles(findings.first().hops()));
    chart.add("once told where the target is", quantiles(findings.told().hops()));
    chart.write(file("hops"));
  }

  private void repair() throws IOException {
    if (findings.repair().seconds().count() == 0) {
      return;
    }
    BarChart chart =
        quantiles("How long peers were out of reach when one of their relays had died", "seconds");
    chart.add("out of reach", quantiles(findings.repair().seconds()));
    chart.write(file("repair"));
  }

  private void control() throws IOException {
    SortedSet<String> kinds = new TreeSet<>();
    kinds.addAll(large(findings.relays()));
    kinds.addAll(large(findings.leaves()));
    kinds.addAll(large(findings.legacy()));
    if (kinds.isEmpty()) {
      return;
    }
    List<String> names =
        Stream.concat(kinds.stream().map(SimulationCharts::words), Stream.of("all others"))
            .toList();
    BarChart chart =
        BarChart.linear(
            "What each node sends besides users' messages",
            "kind of message",
            "bytes a second, WebSocket headers included",
            names);
    control(chart, "relay", findings.relays(), kinds);
    control(chart, "leaf", findings.leaves(), kinds);
    control(chart, "legacy peer", findings.legacy(), kinds);
    chart.write(file("control"));
  }

  private void control(BarChart chart, String name, RoleFindings role, SortedSet<String> kinds) {
    if (role.state().nodes() > 0) {
      SortedMap<String, Double> rates = bytesPerS(role);
      List<Double> shown = new ArrayList<>();
      kinds.forEach(kind -> shown.add(rounded(rates.getOrDefault(kind, 0.0))));
      rates.keySet().removeAll(kinds);
      shown.add(rounded(sum(rates)));
      chart.add(name, shown);
    }
  }

  /** The kinds that are worth a bar. */
  private Set<String> large(RoleFindings role) {
    SortedMap<String, Double> rates = bytesPerS(role);
    double least = LEAST_PART * sum(rates);
    rates.values().removeIf(rate -> rate <= least);
    return rates.keySet();
  }

  /** What each node of a role sends, by kind, users' messages not among them. */
  private SortedMap<String, Double> bytesPerS(RoleFindings role) {
    double nodeS = role.state().nodes() * report.scenario().schedule().measureS();
    SortedMap<String, Double> rates = new TreeMap<>();
    role.traffic().bytes().forEach((kind, bytes) -> rates.put(kind, bytes / nodeS));
    rates.remove(MessageKind.USER.name());
    return rates;
  }

  private static double sum(SortedMap<String, Double> rates) {
    return rates.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static String words(String kind) {
    return kind.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static BarChart quantiles(String title, String unit) {
    return BarChart.linear(
        title, "", unit, List.of("mean", "half at most", "99 of 100 at most", "maximum"));
  }

  private static List<Double> quantiles(Distribution values) {
    return List.of(values.mean(), values.p50(), values.p99(), values.max());
  }

  private Path file(String name) {
    Path file = folder.resolve(name);
    written.add(file);
    return file;
  }
}
