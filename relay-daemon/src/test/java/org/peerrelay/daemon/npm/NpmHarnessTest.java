package org.peerrelay.daemon.npm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The harness, tried on npm peers alone. */
@NeedsNpm
final class NpmHarnessTest {
  private static final List<String> JSON_SHAPES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1.5",
          "1e+21",
          "\"\"",
          "\"hello\"",
          "\"\\n\\\"\\u0000\\ud800\"",
          "\"Grüße, 世界, \uD83D\uDE00, \u2028\"",
          "[]",
          "{}",
          "[1,[2,[3,null]],{\"a\":[]}]",
          "{\"type\":\"Buffer\"}",
          "{\"type\":\"user\",\"data\":{\"to\":\"x\",\"\":0}}",
          "\"" + "x".repeat(60_000) + "\"");

  @Test
  void everyJsonShapeAndBytesAndUndefinedPassBetweenTwoLeaves() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      NpmPeer alice = leaf(host, "alice", server);
      NpmPeer bob = leaf(host, "bob", server);
      for (String json : JSON_SHAPES) {
        alice.send(bob.id(), json);
        assertEquals(new NpmMessage(alice.id(), NpmPayload.json(json)), bob.awaitMessage());
      }
      byte[] bytes = {0, 1, 127, -128, -1};
      bob.send(alice.id(), NpmPayload.bytes(bytes));
      assertArrayEquals(bytes, alice.awaitMessageFrom(bob.id()).payload().bytes());
      bob.send(alice.id(), NpmPayload.UNDEFINED);
      assertEquals(NpmPayload.UNDEFINED, alice.awaitMessageFrom(bob.id()).payload());
      assertEquals(List.of(), bob.messages());
    }
  }

  @Test
  void aServerSeesItsLeavesComeAndGo() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      NpmPeer alice = leaf(host, "alice", server);
      NpmPeer bob = leaf(host, "bob", server);
      server.awaitPeer(alice.id());
      server.awaitPeer(bob.id());
      assertEquals(List.of(server.id()), alice.peers());
      assertEquals(2, server.peers().size());
      alice.destroy();
      server.awaitClosed(alice.id());
      server.disconnect(bob.id());
      server.awaitClosed(bob.id());
      bob.awaitClosed(server.id());
      assertEquals(List.of(), server.peers());
    }
  }

  @Test
  void twoListenersThatMeetThroughAServerLinkDirectly() {
    try (NpmHost host = NpmHost.start();
        NpmHost other = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      NpmPeer alice = host.listen("alice", server.url());
      alice.awaitAccepted(server.id());
      NpmPeer bob = other.listen("bob", server.url());
      // The package does this itself: bob finds alice in the server's answer and offers a link.
      bob.awaitPeer(alice.id());
      alice.awaitPeer(bob.id());
      server.destroy();
      bob.awaitClosed(server.id());
      bob.send(alice.id(), "\"direct\"");
      assertEquals(NpmPayload.json("\"direct\""), alice.awaitMessageFrom(bob.id()).payload());
    }
  }

  @Test
  void aSocketAnswersToTheAddressAndPortThatADatagramCameFrom() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      NpmSocket alice = host.openSocket("alice", 1111, server.url());
      NpmSocket bob = host.openSocket("bob", 2222, server.url());
      alice.awaitAccepted(server.id());
      bob.awaitAccepted(server.id());
      byte[] ping = {1, 2, 3};
      alice.send(ping, bob.port(), bob.id());
      NpmDatagram received = bob.awaitDatagram();
      assertArrayEquals(ping, received.bytes());
      assertEquals(alice.id(), received.address());
      assertEquals(1111, received.port());
      bob.send(new byte[0], received.port(), received.address());
      assertEquals(new NpmDatagram("", bob.id(), 2222), alice.awaitDatagram());
      alice.destroy();
      server.awaitClosed(alice.id());
    }
  }

  @Test
  void aFrameThatKillsNpmIsReportedAndFailsWhateverWaits() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      String id = IntStream.range(0, 20).mapToObj(i -> "7").collect(Collectors.joining(","));
      WebSocket stranger =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create(server.url()), new WebSocket.Listener() {})
              .join();
      stranger.sendText("{\"type\":\"Buffer\",\"data\":[" + id + "]}", true).join();
      server.awaitPeer("07".repeat(20));
      stranger.sendText("garbage", true).join();
      NpmCrash crash = host.awaitCrash();
      assertEquals("garbage", crash.frame());
      assertTrue(crash.error().contains("JSON.parse"), crash.error());
      AssertionError waited = assertThrows(AssertionError.class, server::awaitMessage);
      assertTrue(waited.toString().contains("garbage"), waited.toString());
      AssertionError asked = assertThrows(AssertionError.class, () -> host.open("late"));
      assertTrue(asked.toString().contains("garbage"), asked.toString());
    }
  }

  @Test
  void anUnexpectedCrashFailsTheTestAtTheLatestWhenTheHostIsClosed() {
    NpmHost host = NpmHost.start();
    NpmPeer server = host.listen("server");
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(URI.create(server.url()), new WebSocket.Listener() {})
        .join()
        .sendText("no id", true)
        .join();
    assertThrows(AssertionError.class, server::awaitMessage);
    AssertionError closed = assertThrows(AssertionError.class, host::close);
    assertTrue(closed.toString().contains("no id"), closed.toString());
  }

  @Test
  void aCommandThatFailsSaysWhyAndLeavesTheProcessRunning() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      int port = URI.create(server.url()).getPort();
      AssertionError error =
          assertThrows(AssertionError.class, () -> host.listenOn(port, "second"));
      assertTrue(error.toString().contains("EADDRINUSE"), error.toString());
      assertEquals(List.of(), server.peers());
    }
  }

  @Test
  void aCrowdOfTenHearsEveryMessageOnce() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      NpmCrowd crowd = host.openMany("crowd", 10, server.url()).awaitAccepted();
      NpmTally tally = crowd.exchange("run", 20, 1);
      assertEquals(new NpmTally(200, 200, 0, 0, 0), tally);
      assertEquals(tally, host.tally("run"));
    }
  }

  @Test
  void crowdsOfTwoHostsAreTalliedTogether() {
    try (NpmHost host = NpmHost.start();
        NpmHost other = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      NpmCrowd here = host.openMany("here", 3, server.url()).awaitAccepted();
      NpmCrowd there = other.openMany("there", 3, server.url()).awaitAccepted();
      var outward = here.sendMatrix("run", there.ids(), 10, 1);
      var inward = there.sendMatrix("run", here.ids(), 10, 2);
      assertEquals(60, outward.join() + inward.join());
      NpmTally sum = host.settledTally("run", 30).plus(other.settledTally("run", 30));
      assertEquals(new NpmTally(60, 60, 0, 0, 0), sum);
    }
  }

  @Test
  void anNpmServerLosesSomeOfWhatAHundredLeavesSendAndTheTallyShowsIt() {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      NpmCrowd crowd = host.openMany("crowd", 100, server.url());
      NpmTally tally = crowd.exchange("run", 10, 1);
      assertEquals(1000, tally.sent());
      assertTrue(tally.lost() > 0, tally.toString());
      assertTrue(tally.arrived() > 0, tally.toString());
      assertEquals(0, tally.duplicates() + tally.strayed(), tally.toString());
    }
  }

  private static NpmPeer leaf(NpmHost host, String name, NpmPeer server) {
    NpmPeer leaf = host.open(name, server.url());
    leaf.awaitAccepted(server.id());
    return leaf;
  }
}
