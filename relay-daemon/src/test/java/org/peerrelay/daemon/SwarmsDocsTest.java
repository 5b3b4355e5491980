package org.peerrelay.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.Peer;
import org.peerrelay.Swarm;
import org.peerrelay.swarm.SwarmKey;

/** That the programs of docs/swarms.md can be compiled, and do what the page says. */
class SwarmsDocsTest {
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("public final class (\\w+)");
  private static final Pattern ONLINE =
      Pattern.compile("online: ([0-9a-f]{40}) \\{\"hello\":\"world\"}");
  private static final String KEY = "a drive's key";
  private static final long DEADLINE_S = 30;
  private static final long TRY_MS = 200;

  @TempDir private Path folder;

  private final List<Program> programs = new ArrayList<>();
  private Peer relay;

  @BeforeEach
  void start() throws IOException {
    relay =
        Peer.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).start();
    compile();
  }

  @AfterEach
  void stop() {
    programs.forEach(program -> program.process.destroyForcibly());
    relay.close();
  }

  private void compile() throws IOException {
    String module = System.getProperty("basedir", System.getProperty("user.dir"));
    Matcher block = BLOCK.matcher(Files.readString(Path.of(module, "..", "docs", "swarms.md")));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                classPath()));
    int found = 0;
    for (; block.find(); found++) {
      Matcher name = NAME.matcher(block.group(1));
      assertTrue(name.find(), block::group);
      Path source = folder.resolve(name.group(1) + ".java");
      Files.writeString(source, block.group(1));
      arguments.add(source.toString());
    }
    assertEquals(2, found, "programs");
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new)));
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  @Test
  void peersocketsExampleTalks() throws Exception {
    Program anna = run("Chat");
    Program bob = run("Chat");
    // Until both know of each other nothing arrives.
    String heard;
    do {
      anna.type("hello");
      heard = bob.lines.poll(TRY_MS, TimeUnit.MILLISECONDS);
    } while (heard == null && anna.process.isAlive());
    assertEquals("peer 1 says hello", heard);
    do {
      bob.type("grüße");
      heard = anna.lines.poll(TRY_MS, TimeUnit.MILLISECONDS);
    } while (heard == null && bob.process.isAlive());
    assertEquals("peer 1 says grüße", heard);
    anna.process.getOutputStream().close();
    assertTrue(anna.process.waitFor(DEADLINE_S, TimeUnit.SECONDS));
    assertEquals(0, anna.process.exitValue());
  }

  @Test
  void hyperPresenceExampleTellsWhoIsOnline() throws Exception {
    Program one = run("WhoIsOnline");
    String first = one.awaitOther("");
    Program other = run("WhoIsOnline");
    String second = one.awaitOther(first);
    assertEquals(first, other.awaitOther(second));
    assertEquals(Set.of(first, second), members());
  }

  /** Who is in the swarm, as a third member sees it. */
  private Set<String> members() throws IOException {
    try (Peer peer = Peer.builder().bootstrap(String.valueOf(relay.url())).start()) {
      LinkedBlockingQueue<String> ids = new LinkedBlockingQueue<>();
      Swarm swarm = peer.swarm(SwarmKey.of(KEY));
      swarm.watch(number -> ids.add(String.valueOf(swarm.idOf(number))), number -> {});
      return Stream.generate(() -> take(ids)).limit(2).collect(Collectors.toSet());
    }
  }

  private static String take(LinkedBlockingQueue<String> lines) {
    try {
      String line = lines.poll(DEADLINE_S, TimeUnit.SECONDS);
      assertTrue(line != null, "nothing in " + DEADLINE_S + " s");
      return String.valueOf(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Program run(String name) throws IOException {
    Program program =
        new Program(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Dfile.encoding=UTF-8",
                    "-Dstdout.encoding=UTF-8",
                    "-cp",
                    folder + File.pathSeparator + classPath(),
                    name,
                    String.valueOf(relay.url()),
                    KEY)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    programs.add(program);
    return program;
  }

  /** One that runs, and what it prints. */
  private static final class Program {
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Program(Process process) {
      this.process = process;
      Thread reader = new Thread(this::read, "program");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        in.lines().forEach(lines::add);
      } catch (IOException | UncheckedIOException e) {
        // It has been ended.
      }
    }

    void type(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    }

    /** Waits until somebody else is said to be online, with the data that all show. */
    String awaitOther(String than) {
      while (true) {
        Matcher online = ONLINE.matcher(take(lines));
        if (online.matches() && !online.group(1).equals(than)) {
          return online.group(1);
        }
      }
    }
  }
}
