package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmMessage;
import org.peerrelay.daemon.npm.NpmPayload;
import org.peerrelay.daemon.npm.NpmPeer;
import org.peerrelay.message.Payload;

/** Leaves of both kinds on one daemon: each payload arrives as it was sent, and once. */
@NeedsNpm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LeafDaemonLeafTest {
  private static final int BIG = 60_000;

  private final JavaPeer daemon = JavaPeer.daemon();
  private final JavaPeer carol = JavaPeer.leaf(daemon.url());
  private final JavaPeer dave = JavaPeer.leaf(daemon.url());
  private final NpmHost host = NpmHost.start();
  private final NpmPeer alice = host.open("alice", daemon.url());
  private final NpmPeer bob = host.open("bob", daemon.url());

  @BeforeAll
  void awaitLinks() {
    alice.awaitAccepted(daemon.id());
    bob.awaitAccepted(daemon.id());
    daemon.awaitLinked(carol.id());
    daemon.awaitLinked(dave.id());
  }

  @AfterEach
  void nothingArrivedTwice() {
    // Whatever came before these on the same links has been handled when they are there.
    alice.send(bob.id(), "\"last\"");
    bob.send(alice.id(), "\"last\"");
    alice.send(carol.id(), "\"last\"");
    carol.send(dave.id(), Payload.json("\"last\""));
    assertEquals(NpmPayload.json("\"last\""), alice.awaitMessage().payload());
    assertEquals(NpmPayload.json("\"last\""), bob.awaitMessage().payload());
    assertEquals(Payload.json("\"last\""), carol.awaitMessage().payload());
    assertEquals(Payload.json("\"last\""), dave.awaitMessage().payload());
    assertEquals(List.of(), alice.messages());
    assertEquals(List.of(), bob.messages());
    assertEquals(List.of(), carol.messages());
    assertEquals(List.of(), dave.messages());
  }

  @AfterAll
  void close() {
    host.close();
    carol.close();
    dave.close();
    daemon.close();
  }

  @ParameterizedTest
  @MethodSource("org.peerrelay.daemon.interop.JsonShape#all")
  void everyJsonShapePassesAllWays(JsonShape shape) {
    Payload sent = Payload.json(shape.text());
    NpmPayload inJs = NpmPayload.json(shape.inJs());

    alice.send(bob.id(), shape.text());
    assertEquals(new NpmMessage(alice.id(), inJs), bob.awaitMessage());

    alice.send(carol.id(), shape.text());
    assertEquals(
        new JavaPeer.Received(alice.id(), Payload.json(shape.inJs())), carol.awaitMessage());

    carol.send(alice.id(), sent);
    assertEquals(new NpmMessage(carol.id(), inJs), alice.awaitMessage());

    carol.send(dave.id(), sent);
    assertEquals(new JavaPeer.Received(carol.id(), sent), dave.awaitMessage());
  }

  @ParameterizedTest
  @MethodSource("bytes")
  void bytesPassAllWays(byte[] bytes) {
    passAllWays(NpmPayload.bytes(bytes), Payload.bytes(bytes));
  }

  static List<byte[]> bytes() {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    byte[] big = new byte[BIG];
    new Random(1).nextBytes(big);
    return List.of(new byte[0], new byte[1], every, big);
  }

  @Test
  void undefinedPassesAllWays() {
    passAllWays(NpmPayload.UNDEFINED, Payload.undefined());
  }

  @Test
  void theDaemonItselfSendsAndReceives() {
    daemon.send(alice.id(), Payload.json("\"from the daemon\""));
    assertEquals(
        new NpmMessage(daemon.id(), NpmPayload.json("\"from the daemon\"")), alice.awaitMessage());
    alice.send(daemon.id(), "\"to the daemon\"");
    assertEquals(
        new JavaPeer.Received(alice.id(), Payload.json("\"to the daemon\"")),
        daemon.awaitMessage());
  }

  private void passAllWays(NpmPayload inJs, Payload inJava) {
    alice.send(bob.id(), inJs);
    assertEquals(new NpmMessage(alice.id(), inJs), bob.awaitMessage());
    alice.send(carol.id(), inJs);
    assertEquals(new JavaPeer.Received(alice.id(), inJava), carol.awaitMessage());
    carol.send(alice.id(), inJava);
    assertEquals(new NpmMessage(carol.id(), inJs), alice.awaitMessage());
    carol.send(dave.id(), inJava);
    assertEquals(new JavaPeer.Received(carol.id(), inJava), dave.awaitMessage());
  }
}
