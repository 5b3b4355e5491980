package org.peerrelay.daemon.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.peerrelay.daemon.cli.RelayProcess;

/** {@code relay serve} in a process of its own, on a port that the system chooses. */
public final class SoakDaemon implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile(
          "\\{\"event\":\"listening\",\"url\":\"ws://[^\"]+:(\\d+)\",\"id\":\"(\\w+)\"}");
  private static final Pattern PEER =
      Pattern.compile("\\{\"event\":\"(peer|peer-lost)\",\"id\":\"(\\w+)\"}");

  /** Told by a daemon that listens on all addresses; see {@link #withoutUrl}. */
  private static final String NO_URL_NOTE = "there is no --advertise URL";

  private final RelayProcess process;
  private final int port;
  private final String id;
  private final Set<String> linked = new HashSet<>();

  private SoakDaemon(RelayProcess process) {
    this.process = process;
    String line = process.out().next();
    Matcher listening = LISTENING.matcher(line);
    assertTrue(listening.matches(), line);
    this.port = Integer.parseInt(listening.group(1));
    this.id = listening.group(2);
  }

  /** A daemon on the loopback address, which tells others its URL. */
  public static SoakDaemon start(String... bootstraps) {
    return start(List.of(), List.of(), "127.0.0.1", bootstraps);
  }

  /** A daemon on all addresses, which has no URL to tell, so that nobody comes by himself. */
  static SoakDaemon withoutUrl(String... bootstraps) {
    return start(List.of(), List.of(), "0.0.0.0", bootstraps);
  }

  /**
   * A daemon on the loopback address whose heap holds no more than {@code maxHeapMib}, and whose
   * links may send as fast as they can.
   */
  static SoakDaemon withHeap(int maxHeapMib) {
    return start(
        List.of("-Xmx" + maxHeapMib + "m"),
        List.of("--link-rate", "1000000", "--link-bytes", "1000000000"),
        "127.0.0.1");
  }

  private static SoakDaemon start(
      List<String> jvmOptions, List<String> more, String host, String... bootstraps) {
    List<String> options = new ArrayList<>(jvmOptions);
    // As scripts/relay and the manifest of relay.jar have it.
    if (Runtime.version().feature() >= 23) {
      options.add("--sun-misc-unsafe-memory-access=allow");
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    List<String> arguments =
        new ArrayList<>(
            List.of("serve", "--json", "--port", "0", "--host", host, "--identity", "none"));
    arguments.addAll(more);
    for (String url : bootstraps) {
      arguments.addAll(List.of("--bootstrap", url));
    }
    return new SoakDaemon(RelayProcess.startJvm(options, arguments.toArray(String[]::new)));
  }

  /** Its id, 40 hex characters. */
  public String id() {
    return id;
  }

  /** Where it is dialed on this machine. */
  public String url() {
    return "ws://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it says that it is linked with this peer. */
  public void awaitLinked(String peer) {
    while (!linked.contains(peer)) {
      String line = process.out().next();
      Matcher event = PEER.matcher(line);
      assertTrue(event.matches(), line);
      if (event.group(1).equals("peer")) {
        linked.add(event.group(2));
      } else {
        linked.remove(event.group(2));
      }
    }
  }

  /** Tells it to end, and checks that it ends in order and has never complained. */
  void stop() throws InterruptedException {
    process.terminate();
    assertEquals(0, process.exitStatus());
    String complaints =
        process
            .err()
            .rest()
            .lines()
            .filter(line -> !line.contains(NO_URL_NOTE))
            .collect(Collectors.joining("\n"));
    assertEquals("", complaints, "standard error of the daemon " + id);
  }

  /** Ends it by SIGKILL. */
  public void kill() {
    process.close();
  }

  @Override
  public void close() {
    process.close();
  }
}
