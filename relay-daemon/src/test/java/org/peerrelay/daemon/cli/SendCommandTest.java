package org.peerrelay.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerrelay.Peer;
import org.peerrelay.id.Identity;
import org.peerrelay.id.IdentityFile;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;

/** A relay in this process, which is the receiver as well. */
class SendCommandTest {
  private record Received(PeerId from, Payload payload) {}

  @TempDir Path folder;

  private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private Peer relay;
  private String url;
  private String id;

  @BeforeEach
  void startRelay() throws IOException {
    relay =
        Peer.builder()
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .onMessage((from, payload) -> received.add(new Received(from, payload)))
            .start();
    url = Objects.requireNonNull(relay.url());
    id = relay.id().hex();
  }

  @AfterEach
  void closeRelay() {
    relay.close();
  }

  private Received next() throws InterruptedException {
    Received next = received.poll(20, TimeUnit.SECONDS);
    assertNotNull(next, "nothing received");
    return next;
  }

  @Test
  void textIsSentAsAJsonString() throws InterruptedException {
    String text = "grüße \"\\ \n 🎈 ws://x";
    Payload expected = Payload.json("\"grüße \\\"\\\\ \\n 🎈 ws://x\"");
    assertEquals(
        "sent " + expected.sizeBytes() + " bytes to " + id, Run.of("send", url, id, text).result());
    assertEquals(expected, next().payload());
  }

  @Test
  void aTextMayLookLikeAUrlOrAnOptionOrAFile() throws InterruptedException {
    Run.of("send", url, id, "ws://x").result();
    assertEquals(Payload.json("\"ws://x\""), next().payload());
    Run.of("send", url, id, "--", "--json").result();
    assertEquals(Payload.json("\"--json\""), next().payload());
    Run.of("send", url, id, "@/etc/hostname").result();
    assertEquals(Payload.json("\"@/etc/hostname\""), next().payload());
    Run.of("send", url, id, "").result();
    assertEquals(Payload.json("\"\""), next().payload());
    Run.of("send", url, id, "-5").result();
    assertEquals(Payload.json("\"-5\""), next().payload());
  }

  @Test
  void jsonIsSentAsItIs() throws InterruptedException {
    String json = "{\"a\": [1, null, \"${sys:user.home}\"]}";
    assertEquals(
        "{\"event\":\"sent\",\"to\":\"" + id + "\",\"bytes\":" + json.length() + "}",
        Run.of("send", "--json", url, id, "--data-json", json).result());
    assertEquals(Payload.json(json), next().payload());
    Run.in(Map.of("RELAY_DATA_JSON", json), "send", url, id).result();
    assertEquals(Payload.json(json), next().payload());
  }

  @Test
  void aFileIsSentAsBytes() throws Exception {
    byte[] bytes = new byte[65_536];
    new SecureRandom().nextBytes(bytes);
    Path file = Files.write(folder.resolve("file"), bytes);
    Run.of("send", url, id, "--file", file.toString()).result();
    assertEquals(Payload.bytes(bytes), next().payload());
  }

  @Test
  void standardInputIsSentAsBytes() throws Exception {
    Run.in(Map.of(), "hello\n".getBytes(UTF_8), "send", url, id, "--file", "-").result();
    assertEquals(Payload.bytes("hello\n".getBytes(UTF_8)), next().payload());
  }

  @Test
  void anOversizedPayloadIsRefusedWithStatus4() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[65_537]);
    assertEquals(
        "payload: over 65536 bytes (expected: at most 65536); send it in parts",
        Run.of("send", url, id, "--file", file.toString()).failure(4));
    Run.of("send", url, id, "--file", "/dev/zero").failure(4);
    assertEquals(
        "payload: 65537 bytes (expected: at most 65536); send it in parts",
        Run.of("send", url, id, "x".repeat(65_535)).failure(4));
    Run.of("send", url, id, "x".repeat(65_534)).result();
  }

  @Test
  void anUnreadableFileIsToldWithStatus1() {
    assertEquals(
        "--file: cannot read " + folder + " (Is a directory)",
        Run.of("send", url, id, "--file", folder.toString()).failure(1));
  }

  /** A relay's word may come before the link is closed, or not. */
  @Test
  void whatARelayDropsIsAWarningAtMost() {
    String warning =
        "relay: warning: not delivered to "
            + Run.SOME_ID
            + ": no such peer; no relay knows a way to it";
    for (int i = 0; i < 20; i++) {
      Run run = Run.of("send", url, Run.SOME_ID, "hi");
      assertEquals(0, run.status(), run::toString);
      assertEquals(List.of("sent 4 bytes to " + Run.SOME_ID), run.out());
      assertTrue(run.err().isEmpty() || run.err().equals(List.of(warning)), run::toString);
    }
  }

  @Test
  void withWaitTheAcknowledgementIsTold() throws InterruptedException {
    String line = Run.of("send", "--wait", url, id, "hi").result();
    assertTrue(line.matches("delivered 4 bytes to " + id + " in \\d+\\.\\d\\d ms"), line);
    assertEquals(Payload.json("\"hi\""), next().payload());
    line = Run.in(Map.of("RELAY_WAIT", "true"), "send", "--json", url, id, "hi").result();
    assertTrue(
        line.matches(
            "\\{\"event\":\"delivered\",\"to\":\""
                + id
                + "\",\"bytes\":4,\"ms\":\\d+\\.\\d+,\"tries\":1}"),
        line);
    assertEquals(Payload.json("\"hi\""), next().payload());
    assertEquals(0, received.size());
  }

  private long droppedForWantOfAWay() {
    return relay.counters().dropped().getOrDefault(DropReason.NO_ROUTE, 0L);
  }

  @Test
  void withWaitAPeerThatNobodyKnowsIsTriedAgainAndThenStatus5() {
    assertEquals(
        "not delivered to " + Run.SOME_ID + ": no such peer; no relay knows a way to it",
        Run.of("send", "--wait", url, Run.SOME_ID, "hi").failure(5));
    assertTrue(droppedForWantOfAWay() > 2, relay.counters()::toString);
  }

  @Test
  void withWaitThereIsNoOtherAttemptAfterTheTimeout() {
    Run.of("send", "--wait", "--tries=1", "--timeout=0.09", url, Run.SOME_ID, "hi").failure(5);
    assertEquals(2, droppedForWantOfAWay(), relay.counters()::toString); // a ping, the message
  }

  @Test
  void whatARelaySwallowsIsTriedAnotherWayAndTold() throws Exception {
    int user = 1;
    LinkedBlockingQueue<Payload> got = new LinkedBlockingQueue<>();
    try (LossyRelay swallowing =
            new LossyRelay(datagram -> datagram.kind == user && datagram.attempt < 2);
        Peer peer =
            Peer.builder()
                .bootstrap(swallowing.url())
                .onMessage((from, payload) -> got.add(payload))
                .start()) {
      String to = peer.id().hex();
      String line = Run.of("send", "--wait", "--timeout=2", swallowing.url(), to, "hi").result();
      assertTrue(
          line.matches("delivered 4 bytes to " + to + " in \\d+\\.\\d\\d ms after 3 tries"), line);
      line = Run.of("send", "--wait", "--json", "--tries=3", swallowing.url(), to, "ho").result();
      assertTrue(line.endsWith(",\"tries\":3}"), line);
      assertEquals(Payload.json("\"hi\""), got.poll(20, TimeUnit.SECONDS));
      assertEquals(Payload.json("\"ho\""), got.poll(20, TimeUnit.SECONDS));
      String failure =
          Run.of("send", "--wait", "--tries=2", "--timeout=0.5", swallowing.url(), to, "hi")
              .failure(6);
      assertTrue(failure.startsWith("not acknowledged by " + to), failure);
      assertEquals(0, got.size());
    }
  }

  @Test
  void withWaitAPeerThatComesAMomentLaterIsReached() throws Exception {
    Identity late = Identity.generate(new SecureRandom());
    CompletableFuture<Run> sending =
        CompletableFuture.supplyAsync(() -> Run.of("send", "--wait", url, late.id().hex(), "hi"));
    while (droppedForWantOfAWay() == 0) {
      assertFalse(sending.isDone(), "ended before a relay said no");
      Thread.onSpinWait();
    }
    LinkedBlockingQueue<Payload> got = new LinkedBlockingQueue<>();
    try (Peer peer =
        Peer.builder()
            .identity(late)
            .bootstrap(url)
            .onMessage((from, payload) -> got.add(payload))
            .start()) {
      String line = sending.get(20, TimeUnit.SECONDS).result();
      assertTrue(line.startsWith("delivered 4 bytes to " + peer.id()), line);
      assertEquals(Payload.json("\"hi\""), got.poll(20, TimeUnit.SECONDS));
      assertEquals(0, got.size());
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM,143", "INT,130"})
  void aSignalEndsItAtOnce(String signal, int status) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RelayProcess send =
            RelayProcess.start(
                "send", "--timeout=60", "ws://127.0.0.1:" + silent.getLocalPort(), id, "hi")) {
      silent.setSoTimeout(20_000);
      silent.accept().close();
      assumeFalse(send.ignores(signal), "started in the background of a shell");
      send.signal(signal);
      assertEquals(status, send.exitStatus());
    }
  }

  @Test
  void whereNoRelayAnswersInTimeTheStatusIs3() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String deaf = "ws://localhost:" + silent.getLocalPort();
      assertEquals(
          "no link: "
              + deaf
              + " did not answer within 0.2 s (expected: a running relay);"
              + " --verbose says why",
          Run.of("send", deaf, id, "hi", "--timeout", "0.2").failure(3));
    }
  }

  @Test
  void oneRelayThatAnswersIsEnough() throws InterruptedException {
    Run.of("send", "ws://localhost:1", url, id, "hi").result();
    assertEquals(Payload.json("\"hi\""), next().payload());
  }

  @Test
  void anIdentityGivesTheSendersId() throws Exception {
    Path file = folder.resolve("identity.pem");
    Identity own = IdentityFile.readOrCreate(file, new SecureRandom());
    Run.of("send", url, id, "hi", "--identity", file.toString()).result();
    assertEquals(own.id(), next().from());
  }

  @Test
  void anIdentityInUseIsNotReplaced() throws Exception {
    Path file = folder.resolve("identity.pem");
    try (IdentityFile held = IdentityFile.open(file, new SecureRandom())) {
      String failure = Run.of("send", url, id, "hi", "--identity", file.toString()).failure(1);
      assertTrue(failure.startsWith("identity file: " + file + " is in use"), failure);
      assertNotNull(held);
    }
  }
}
