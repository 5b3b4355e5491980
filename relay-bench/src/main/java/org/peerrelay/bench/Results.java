package org.peerrelay.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has been measured so far, by contender in the order of the comparison. */
final class Results {
  private final Map<String, Map<Cell, List<Measurement>>> loads = new LinkedHashMap<>();
  private final Map<String, List<Double>> idleBytes = new LinkedHashMap<>();
  private final Map<String, List<Double>> connectUs = new LinkedHashMap<>();

  /** For these contenders. */
  Results(List<String> names) {
    names.forEach(name -> loads.put(name, new LinkedHashMap<>()));
  }

  void add(String name, Cell cell, Measurement measured) {
    loads
        .computeIfAbsent(name, n -> new LinkedHashMap<>())
        .computeIfAbsent(cell, c -> new ArrayList<>())
        .add(measured);
  }

  void addIdle(String name, double bytes) {
    idleBytes.computeIfAbsent(name, n -> new ArrayList<>()).add(bytes);
  }

  void addConnect(String name, double us) {
    connectUs.computeIfAbsent(name, n -> new ArrayList<>()).add(us);
  }

  List<String> names() {
    return List.copyOf(loads.keySet());
  }

  /** The medians; empty if the contender could not keep up with the cell's rate, or was not run. */
  Optional<Measurement> median(String name, Cell cell) {
    return Optional.ofNullable(loads.getOrDefault(name, Map.of()).get(cell))
        .map(Measurement::median);
  }

  /** Median of resident bytes for each idle connection; empty if it was not measured. */
  Optional<Double> idleBytes(String name) {
    return median(idleBytes.get(name));
  }

  /** Median of server CPU time for each new connection, in µs; empty if it was not measured. */
  Optional<Double> connectUs(String name) {
    return median(connectUs.get(name));
  }

  private static Optional<Double> median(@Nullable List<Double> measured) {
    return Optional.ofNullable(measured)
        .map(runs -> Medians.of(runs.stream().mapToDouble(Double::doubleValue).toArray()));
  }
}
