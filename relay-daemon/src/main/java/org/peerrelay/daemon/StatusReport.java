package org.peerrelay.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What an admin listener says of its relay, and the same in words. */
final class StatusReport {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final double TO_NEXT_UNIT = 1_000;

  private final byte[] json;
  private final Map<String, @Nullable Object> tree;
  private final long takenNs = System.nanoTime();

  /**
   * Checks that it is one.
   *
   * @throws IllegalArgumentException if it is something else
   */
  StatusReport(byte[] json, Map<String, @Nullable Object> tree) {
    this.json = json;
    this.tree = tree;
    words(null);
  }

  /** As it came: an object on one line. */
  String json() {
    return OneLine.ofJson(new String(json, UTF_8));
  }

  /**
   * As some lines for people.
   *
   * @param before an earlier one of the same relay, to tell what was done a second; null for none
   */
  String words(@Nullable StatusReport before) {
    List<String> failing = new ArrayList<>();
    if (member(tree, "failing") instanceof List<?> names) {
      names.forEach(name -> failing.add(String.valueOf(name)));
    }
    List<String> lines = new ArrayList<>();
    Object url = object("relay").get("url");
    lines.add("relay      " + text("relay", "id") + (url == null ? "" : " at " + url));
    lines.add("state      " + state(failing));
    lines.add(
        "links      %s: %s protocol 2, %s legacy; %s relays, %s leaves"
            .formatted(
                count("links", "all"),
                count("links", "protocol2"),
                count("links", "legacy"),
                count("links", "relays"),
                count("links", "leaves")));
    lines.add(
        "table      %s relays, %s spares; %s pointers held"
            .formatted(
                count("table", "relays"), count("table", "spares"), count("table", "pointers")));
    lines.add(
        "swarms     %s, with %s members"
            .formatted(count("table", "swarms"), count("table", "swarm-members")));
    lines.add("datagrams  " + datagrams(before));
    lines.add("dropped    " + each("dropped"));
    lines.add(
        "bytes      %s in, %s out, %s waiting"
            .formatted(size("bytes", "received"), size("bytes", "sent"), size("bytes", "queued")));
    lines.add("handshakes " + each("handshakes"));
    lines.add("closed     " + each("closed"));
    lines.add("refused    " + each("refused"));
    lines.add(
        "http       %s requests, %s streams open; %s channels, %s sessions"
            .formatted(
                count("http", "requests"),
                count("http", "streams"),
                count("http", "channels"),
                count("http", "sessions")));
    lines.add(
        String.format(
            Locale.ROOT,
            "process    event loops answer after %.1f ms; heap %s of %s",
            number(tree, "loopLagMs").doubleValue(),
            size("memory", "heapBytes"),
            size("memory", "maxHeapBytes")));
    return String.join("\n", lines.stream().map(OneLine::of).toList());
  }

  private String state(List<String> failing) {
    long upS = number(object("relay"), "upS").longValue();
    String ready = failing.isEmpty() ? "ready" : "NOT READY: " + String.join(", ", failing);
    return "%s; version %s, up %d:%02d:%02d"
        .formatted(ready, text("relay", "version"), upS / 3_600, upS / 60 % 60, upS % 60);
  }

  private String datagrams(@Nullable StatusReport before) {
    return "%s in, %s out, %s for this relay, %s dropped"
        .formatted(
            rate("received", before),
            rate("forwarded", before),
            rate("delivered", before),
            rate("dropped", before));
  }

  private String rate(String name, @Nullable StatusReport before) {
    String count = count("datagrams", name);
    if (before == null) {
      return count;
    }
    long more = longOf("datagrams", name) - before.longOf("datagrams", name);
    double seconds = (takenNs - before.takenNs) / 1e9;
    return String.format(Locale.ROOT, "%s (%,.0f/s)", count, Math.max(0, more / seconds));
  }

  /** The counts of an object that has one for each name; - if it has none. */
  private String each(String name) {
    StringJoiner words = new StringJoiner(", ").setEmptyValue("-");
    Map<?, ?> counts = object(name);
    counts.keySet().forEach(key -> words.add(grouped(number(counts, key).longValue()) + " " + key));
    return words.toString();
  }

  private String count(String object, String name) {
    return grouped(longOf(object, name));
  }

  private long longOf(String object, String name) {
    return number(object(object), name).longValue();
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private String size(String object, String name) {
    double size = longOf(object, name);
    int unit = 0;
    while (size >= TO_NEXT_UNIT && unit < UNITS.length - 1) {
      size /= TO_NEXT_UNIT;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }

  private String text(String object, String name) {
    return String.valueOf(member(object(object), name));
  }

  private Map<?, ?> object(String name) {
    if (member(tree, name) instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException(name + ": no object");
  }

  private static Number number(Map<?, ?> object, Object name) {
    if (member(object, name) instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException(name + ": no number");
  }

  private static Object member(Map<?, ?> object, Object name) {
    Object value = object.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": missing");
    }
    return value;
  }
}
