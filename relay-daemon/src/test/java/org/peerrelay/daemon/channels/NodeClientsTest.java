package org.peerrelay.daemon.channels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.daemon.npm.NeedsNpm;

/** Scripts of Node that know nothing of this daemon: see src/test/npm. */
@NeedsNpm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeClientsTest {
  private ChannelScene scene;

  @BeforeAll
  void start() throws IOException {
    scene = new ChannelScene(ChannelLimits.DEFAULT);
  }

  @AfterAll
  void stop() {
    scene.close();
  }

  private static void assertDone(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "--no-deprecation"));
    command.addAll(List.of(arguments));
    Process node =
        new ProcessBuilder(command)
            .directory(
                Path.of(System.getProperty("basedir", System.getProperty("user.dir")))
                    .resolve(Path.of("src", "test", "npm"))
                    .toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(node.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, node.waitFor(), output);
    assertEquals("done\n", output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"form", "json"})
  void whatMoshpitsUsersDoWorks(String bodies) throws IOException, InterruptedException {
    assertDone("channels.mjs", scene.url(), bodies);
  }

  @Test
  void anEventSourceMakesAndJoinsChannels() throws IOException, InterruptedException {
    assertDone("event-source.mjs", scene.url());
  }
}
