package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.Peer;
import org.peerrelay.transport.ClientTls;

/** The generator against our own relay. */
class LoadGeneratorTest {
  private static final long SEED = 11;
  private static final int CLIENTS = 20;
  private static final Duration WARM_UP = Duration.ofMillis(100);
  private static final Duration MEASURED = Duration.ofMillis(200);

  private Peer relay;

  @BeforeEach
  void startRelay() throws IOException {
    relay =
        Peer.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).start();
  }

  @AfterEach
  void closeRelay() {
    relay.close();
  }

  private String url() {
    return Objects.requireNonNull(relay.url());
  }

  private static Shape legacy() {
    return LegacyShape.random(CLIENTS, new Random(SEED));
  }

  private LoadReport run(int threads, int payloadBytes, Pace pace)
      throws LoadFailedException, InterruptedException {
    return run(legacy(), threads, payloadBytes, pace);
  }

  private LoadReport run(Shape shape, int threads, int payloadBytes, Pace pace)
      throws LoadFailedException, InterruptedException {
    try (LoadGenerator generator = LoadGenerator.connect(url(), shape, CLIENTS, threads, SEED)) {
      return generator.run(new LoadRun(payloadBytes, pace, WARM_UP, MEASURED), phase -> {});
    }
  }

  private static void assertAllDelivered(LoadReport report) {
    assertTrue(report.delivered() > 0, report::toText);
    assertEquals(report.sent(), report.delivered(), report::toText);
    assertEquals(0, report.duplicates(), report::toText);
    assertEquals(0, report.corrupted(), report::toText);
    assertEquals(0, report.strays(), report::toText);
    assertEquals(0, report.connectionsLost(), report::toText);
    assertEquals(report.delivered(), report.latencyNs().getTotalCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {StampedPayload.MIN_BYTES, 100, 1_024})
  void everyMessageArrivesOnceAndUnchanged(int payloadBytes) throws Exception {
    assertAllDelivered(run(1, payloadBytes, new Pace.Rate(500)));
    assertAllDelivered(run(BinaryShape.fresh(CLIENTS), 1, payloadBytes, new Pace.Rate(500)));
  }

  /** One at a time: the queue of a link whose reader is slow holds two as JSON. */
  @Test
  void theLargestMessagesArriveOnceAndUnchanged() throws Exception {
    assertAllDelivered(run(1, 65_536, new Pace.Window(1)));
    assertAllDelivered(run(BinaryShape.fresh(CLIENTS), 1, 65_536, new Pace.Window(1)));
  }

  @Test
  void flatOutItSendsAsFastAsTheRelayDelivers() throws Exception {
    LoadReport report = run(1, 100, new Pace.Window(10));

    assertAllDelivered(report);
    assertTrue(report.throughput() > 100, report::toText);
  }

  @Test
  void sendsAtTheRateThatWasAskedFor() throws Exception {
    LoadReport report = run(1, 100, new Pace.Rate(1_000));

    assertAllDelivered(report);
    assertEquals(200, report.sent());
  }

  @Test
  void threadsShareTheLoad() throws Exception {
    LoadReport report = run(3, 100, new Pace.Rate(900));

    assertAllDelivered(report);
    assertEquals(180.0, (double) report.sent(), 3);
  }

  @Test
  void severalRunsUseTheSameConnections() throws Exception {
    List<Phase> phases = new ArrayList<>();
    try (LoadGenerator generator = LoadGenerator.connect(url(), legacy(), CLIENTS, 1, SEED)) {
      for (int i = 0; i < 2; i++) {
        assertAllDelivered(
            generator.run(new LoadRun(100, new Pace.Rate(500), WARM_UP, MEASURED), phases::add));
      }
    }
    assertEquals(List.of(Phase.MEASURING, Phase.MEASURED, Phase.MEASURING, Phase.MEASURED), phases);
  }

  @Test
  void stoppedItReportsWhatItHas() throws Exception {
    LoadRun hour = new LoadRun(100, new Pace.Rate(1_000), Duration.ZERO, Duration.ofHours(1));
    try (LoadGenerator generator = LoadGenerator.connect(url(), legacy(), CLIENTS, 1, SEED)) {
      CompletableFuture<Void> stopping =
          CompletableFuture.runAsync(() -> stopAfterSomeMessages(generator));
      LoadReport report = generator.run(hour, phase -> {});
      stopping.join();

      assertAllDelivered(report);
      assertTrue(report.sent() <= 1_000 * report.seconds() + 1, report::toText);
      assertEquals(0, generator.run(hour, phase -> {}).sent());
    }
  }

  private static void stopAfterSomeMessages(LoadGenerator generator) {
    try {
      while (generator.progress().delivered() == 0) {
        Thread.onSpinWait();
      }
      assertEquals(CLIENTS, generator.progress().connected());
      generator.stop();
    } catch (LoadFailedException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void stoppedWhileItConnectsItSaysSo() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LoadGenerator generator =
            LoadGenerator.of(
                "ws://127.0.0.1:" + deaf.getLocalPort(),
                ClientTls.ofJava(),
                legacy(),
                CLIENTS,
                1,
                SEED)) {
      generator.stop();
      assertEquals(
          "connecting: stopped",
          assertThrows(LoadFailedException.class, generator::connect).getMessage());
    }
  }

  @Test
  void aRelayThatGoesAwayShowsAsLossAndLostConnections() throws Exception {
    LoadReport report;
    try (LoadGenerator generator = LoadGenerator.connect(url(), legacy(), CLIENTS, 1, SEED)) {
      report =
          generator.run(
              new LoadRun(100, new Pace.Rate(1_000), Duration.ZERO, MEASURED),
              phase -> {
                if (phase == Phase.MEASURING) {
                  relay.close();
                }
              });
    }
    assertTrue(report.lost() > 0, report::toText);
    assertEquals(CLIENTS, report.connectionsLost(), report::toText);
  }

  @Test
  void nobodyThereIsOneClearLine() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    LoadFailedException failure =
        assertThrows(
            LoadFailedException.class,
            () -> LoadGenerator.connect("ws://127.0.0.1:" + port, legacy(), CLIENTS, 1, SEED));

    assertEquals("connection: Connection refused (expected: an open one)", failure.getMessage());
  }

  @Test
  void fewerClientsThanAThreadNeedsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> LoadGenerator.connect(url(), legacy(), 3, 2, SEED));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoadRun(StampedPayload.MIN_BYTES - 1, new Pace.Window(1), WARM_UP, MEASURED));
    assertThrows(IllegalArgumentException.class, () -> new Pace.Window(0));
    assertThrows(IllegalArgumentException.class, () -> new Pace.Rate(0));
  }
}
