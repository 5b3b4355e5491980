package org.peerrelay.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import org.peerrelay.bench.server.ServerProcess;

/** CPU time of the server and of this JVM, which generates the load, between two moments. */
final class CpuWatch {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final ServerProcess server;
  private long serverNs;
  private long generatorNs;

  CpuWatch(ServerProcess server) {
    this.server = server;
  }

  void begin() {
    serverNs = -serverCpuNs();
    generatorNs = -SYSTEM.getProcessCpuTime();
  }

  void end() {
    serverNs += serverCpuNs();
    generatorNs += SYSTEM.getProcessCpuTime();
  }

  long serverNs() {
    return serverNs;
  }

  long generatorNs() {
    return generatorNs;
  }

  private long serverCpuNs() {
    try {
      return server.cpuNs();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
