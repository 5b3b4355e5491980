package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.peerrelay.transport.TestPeer;

/** Relays that are told of each other, so that their dials cross. */
class PeerMutualBootstrapTest {
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  private static List<TestPeer> mutual(int count) throws IOException {
    List<Integer> ports = freePorts(count);
    List<TestPeer> relays = new ArrayList<>();
    for (int own : ports) {
      relays.add(
          TestPeer.of(
              builder -> {
                builder.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), own));
                ports.stream()
                    .filter(other -> other != own)
                    .forEach(other -> builder.bootstrap("ws://127.0.0.1:" + other));
                return builder;
              }));
    }
    return relays;
  }

  private static void assertSettle(List<TestPeer> relays) {
    for (TestPeer one : relays) {
      one.awaitLinks(relays.size() - 1);
    }
    for (TestPeer from : relays) {
      for (TestPeer to : relays) {
        if (from != to) {
          // Links that cross are closed once more, with what is on its way over them.
          from.assertReachesInTheEnd(to);
        }
      }
    }
    for (TestPeer one : relays) {
      one.awaitLinks(relays.size() - 1);
      assertTrue(one.linksMade() < 20, () -> "links made: " + one.linksMade());
    }
  }

  @RepeatedTest(5)
  void twoSettleOnOneLink() throws IOException {
    List<TestPeer> relays = mutual(2);
    try {
      assertSettle(relays);
    } finally {
      relays.forEach(TestPeer::close);
    }
  }

  @RepeatedTest(3)
  void threeSettleOnOneLinkEach() throws IOException {
    List<TestPeer> relays = mutual(3);
    try {
      assertSettle(relays);
    } finally {
      relays.forEach(TestPeer::close);
    }
  }
}
