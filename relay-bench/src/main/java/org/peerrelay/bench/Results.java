package org.peerrelay.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has been measured so far, by contender in the order of the comparison. */
final class Results {
  private final Map<String, Map<Cell, List<Measurement>>> loads = new LinkedHashMap<>();
  private final Map<String, List<Double>> idleBytes = new LinkedHashMap<>();

  /** For these contenders. */
  Results(List<String> names) {
    names.forEach(name -> loads.put(name, new LinkedHashMap<>()));
  }

  void add(String name, Map<Cell, Measurement> measured) {
    Map<Cell, List<Measurement>> runs = loads.computeIfAbsent(name, n -> new LinkedHashMap<>());
    measured.forEach((cell, run) -> runs.computeIfAbsent(cell, c -> new ArrayList<>()).add(run));
  }

  void addIdle(String name, double bytes) {
    idleBytes.computeIfAbsent(name, n -> new ArrayList<>()).add(bytes);
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
    return Optional.ofNullable(idleBytes.get(name))
        .map(runs -> Medians.of(runs.stream().mapToDouble(Double::doubleValue).toArray()));
  }
}
