package org.peerrelay.daemon.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether a relay is alive, and whether it is ready for new links. A relay that is not alive should
 * be started anew; one that is not ready should be sent nobody. Any thread.
 */
public final class Health {
  /** An event loop that does nothing for so long has hung. Collections of garbage are shorter. */
  private static final long MAX_LAG_NS = TimeUnit.SECONDS.toNanos(5);

  /**
   * One of the things that have to be well.
   *
   * @param detail how it is, for people
   */
  record Part(String name, boolean up, String detail) {}

  private final LoopLag lag;
  private volatile boolean listening;
  private volatile boolean ending;

  Health(LoopLag lag) {
    this.lag = lag;
  }

  /** From now on links are accepted. */
  void listening() {
    listening = true;
  }

  /** From now on the relay is not ready: it is about to end. The first step of a shutdown. */
  public void end() {
    ending = true;
  }

  /** What makes the relay alive. */
  List<Part> live() {
    boolean up = lag.worstNs() < MAX_LAG_NS;
    String detail = String.format(Locale.ROOT, "the slowest answers after %.1f ms", lag.worstMs());
    return List.of(new Part("event-loops", up, detail));
  }

  /** What makes the relay ready. */
  List<Part> ready() {
    List<Part> parts = new ArrayList<>(live());
    parts.add(new Part("listener", listening, listening ? "accepts links" : "not open yet"));
    parts.add(new Part("shutdown", !ending, ending ? "the relay is about to end" : "none"));
    return parts;
  }

  /** The names of those that are not well. */
  static List<String> failing(List<Part> parts) {
    return parts.stream().filter(part -> !part.up()).map(Part::name).toList();
  }

  /** What an endpoint says of {@code parts}. */
  static Map<String, Object> tree(List<Part> parts) {
    Map<String, Object> details = new LinkedHashMap<>();
    parts.forEach(part -> details.put(part.name(), part.detail()));
    List<String> failing = failing(parts);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("status", failing.isEmpty() ? "up" : "down");
    tree.put("failing", failing);
    tree.put("parts", details);
    return tree;
  }
}
