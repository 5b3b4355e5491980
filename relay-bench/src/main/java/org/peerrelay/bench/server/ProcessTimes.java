package org.peerrelay.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux tells of a process and its descendants (proc(5)). */
final class ProcessTimes {
  /** {@code USER_HZ}, which is the same on every Linux that people run. */
  private static final long TICKS_PER_SECOND = 100;

  private static final long NS_PER_TICK = 1_000_000_000 / TICKS_PER_SECOND;
  private static final int UTIME = 11;
  private static final int STIME = 12;
  private static final String RSS = "VmRSS:";

  private ProcessTimes() {}

  /** User and system time of all of them so far, in steps of 10 ms. */
  static long cpuNs(ProcessHandle process) throws IOException {
    long ticks = 0;
    for (long pid : tree(process)) {
      ticks += ticks(read(pid, "stat"));
    }
    return ticks * NS_PER_TICK;
  }

  /** Resident memory of all of them. */
  static long residentBytes(ProcessHandle process) throws IOException {
    long bytes = 0;
    for (long pid : tree(process)) {
      bytes += residentBytes(read(pid, "status"));
    }
    return bytes;
  }

  /** From the text of {@code /proc/PID/stat}; the name in it may hold anything, even brackets. */
  static long ticks(String stat) {
    if (stat.isEmpty()) {
      return 0;
    }
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    return Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(STIME));
  }

  /** From the text of {@code /proc/PID/status}. */
  static long residentBytes(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(RSS))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
        .sum();
  }

  private static List<Long> tree(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Empty if the process has ended meanwhile. */
  private static String read(long pid, String file) throws IOException {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (NoSuchFileException ended) {
      return "";
    }
  }
}
