package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A running nginx, HAProxy or Caddy in front of a relay, with a snippet of docs/operating.md. */
final class ReverseProxy implements AutoCloseable {
  /** Which one, how it is started, and what of the snippet is changed. */
  enum Kind {
    NGINX("nginx", "nginx-light", "listen 80;", "listen 127.0.0.1:%d;"),
    HAPROXY("haproxy", "haproxy", "bind :443", "bind 127.0.0.1:%d"),
    CADDY("caddy", "caddy", "relay.example {", "http://127.0.0.1:%d {");

    private final String program;
    private final String debianPackage;
    private final String address;
    private final String testAddress;

    Kind(String program, String debianPackage, String address, String testAddress) {
      this.program = program;
      this.debianPackage = debianPackage;
      this.address = address;
      this.testAddress = testAddress;
    }

    private List<String> arguments(Path folder, Path file) {
      return switch (this) {
        case NGINX -> List.of("-p", folder.toString(), "-c", file.toString(), "-e", "stderr");
        case HAPROXY -> List.of("-db", "-f", file.toString());
        case CADDY -> List.of("run", "--adapter", "caddyfile", "--config", file.toString());
      };
    }

    /** The whole configuration; without files and ports of the system's own. */
    private String configuration(Path folder, String snippet) {
      return switch (this) {
        case NGINX ->
            """
            daemon off;
            pid FOLDER/pid;
            events {}
            http {
              access_log off;
              client_body_temp_path FOLDER/body;
              proxy_temp_path FOLDER/proxy;
              fastcgi_temp_path FOLDER/fastcgi;
              uwsgi_temp_path FOLDER/uwsgi;
              scgi_temp_path FOLDER/scgi;
            """
                    .replace("FOLDER", folder.toString())
                + snippet
                + "}\n";
        case HAPROXY -> snippet;
        case CADDY -> "{\n admin off\n}\n" + snippet;
      };
    }
  }

  private static final long DEADLINE_S = 20;

  private final Process process;
  private final int port;

  private ReverseProxy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one in {@code folder}, and waits until it listens.
   *
   * @param snippet with a relay at {@code 127.0.0.1:8000}
   * @param relay where it is instead
   */
  static ReverseProxy start(Kind kind, Path folder, String snippet, String relay)
      throws IOException {
    String program = program(kind);
    int port = freePort();
    assertTrue(snippet.contains(kind.address) && snippet.contains("127.0.0.1:8000"), snippet);
    String changed =
        snippet
            .replace("127.0.0.1:8000", relay)
            .replace(kind.address, kind.testAddress.formatted(port));
    Path file = folder.resolve("configuration");
    Files.writeString(file, kind.configuration(folder, changed));
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(kind.arguments(folder, file));
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_DATA_HOME", folder.toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    ReverseProxy proxy = new ReverseProxy(builder.start(), port);
    proxy.awaitListening(log);
    return proxy;
  }

  /** Where the program is; skips the test without it, or fails it where all has to be there. */
  private static String program(Kind kind) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    String missing =
        kind.program + ": not found (expected: Debian's package " + kind.debianPackage + ")";
    // Debian has servers in folders that are in root's path only.
    Path found =
        Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
            .map(folder -> Path.of(folder, kind.program))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (found == null && "true".equals(System.getenv("CI"))) {
      fail(missing);
    }
    assumeTrue(found != null, missing);
    return String.valueOf(found);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening(Path log) throws IOException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() - endNs > 0) {
          close();
          throw new AssertionError("does not listen: " + Files.readString(log));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  /** Connects from another address of this machine. */
  Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_S));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(DEADLINE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
