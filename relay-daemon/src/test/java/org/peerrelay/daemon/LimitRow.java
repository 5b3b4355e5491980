package org.peerrelay.daemon;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.Refusal;

/**
 * A row of docs/limits.md.
 *
 * @param what is bounded
 * @param byDefault the bound
 * @param option with which it is changed; empty if it cannot be
 * @param abuse what it is there against
 * @param counted the metrics that tell what it refused
 */
record LimitRow(String what, String byDefault, String option, String abuse, List<String> counted) {
  LimitRow(String what, String byDefault, String option, String abuse, String... counted) {
    this(what, byDefault, option, abuse, List.of(counted));
  }

  LimitRow(String what, int byDefault, String option, String abuse, String... counted) {
    this(what, number(byDefault), option, abuse, counted);
  }

  @Override
  public String toString() {
    String metrics = counted.stream().map(LimitRow::code).collect(Collectors.joining(", "));
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            what,
            byDefault,
            option.isEmpty() ? "" : code(option),
            abuse,
            metrics.isEmpty() ? "nothing" : metrics);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String bytes(long value) {
    boolean whole = value >= 1_024 && value % 1_024 == 0;
    return whole ? number(value / 1_024) + " KiB" : number(value) + " bytes";
  }

  static String seconds(long durationNs) {
    return number(TimeUnit.NANOSECONDS.toSeconds(durationNs)) + " s";
  }

  static String perS(long value) {
    return number(value) + " a second";
  }

  static String refused(Refusal reason) {
    return metric("relay_refused_total", reason);
  }

  static String closed(CloseReason reason) {
    return metric("relay_connections_closed_total", reason);
  }

  static String dropped(DropReason reason) {
    return metric("relay_datagrams_dropped_total", reason);
  }

  static String http(String reason) {
    return "relay_http_refused_total{reason=\"" + reason + "\"}";
  }

  private static String metric(String name, Enum<?> reason) {
    String value = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return name + "{reason=\"" + value + "\"}";
  }

  static String table(List<LimitRow> rows) {
    String head =
        """
        | what | default | option | the abuse that it stops | what it refused is counted as |
        |---|---|---|---|---|
        """;
    return head + rows.stream().map(row -> row + "\n").collect(Collectors.joining());
  }

  static boolean hasAll(List<LimitRow> rows, Set<Refusal> reasons) {
    return reasons.stream()
        .map(LimitRow::refused)
        .allMatch(metric -> rows.stream().anyMatch(row -> row.counted.contains(metric)));
  }
}
