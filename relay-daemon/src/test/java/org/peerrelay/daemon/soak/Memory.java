package org.peerrelay.daemon.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory a JVM takes.
 *
 * @param heapBytes what lives on its heap, after a full garbage collection
 * @param residentKib what the system has given the process, the heap's free room with it
 */
record Memory(long heapBytes, long residentKib) {
  /** The last line of a histogram: how many objects there are, and how many bytes they take. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

  /** Has the JVM collect its garbage, and measures it. */
  static Memory of(long pid) throws IOException, InterruptedException {
    // What the first collection puts into queues of references goes with the second.
    liveBytes(pid);
    return new Memory(liveBytes(pid), residentKib(pid));
  }

  private static long liveBytes(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String histogram = new String(process.getInputStream().readAllBytes(), UTF_8);
    Matcher total = TOTAL.matcher(histogram);
    if (process.waitFor() != 0 || !total.find()) {
      throw new IOException("jcmd: " + histogram);
    }
    return Long.parseLong(total.group(1));
  }

  private static long residentKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
