package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.Peer;
import org.peerrelay.RelayDatagramSocket;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmDatagram;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmSocket;
import org.peerrelay.id.PeerId;

/** Datagrams between a socket of the npm package and one of ours: each arrives, and once. */
@NeedsNpm
final class DatagramSocketTest {
  private static final int NPM_PORT = 1_111;

  /** Higher than any that an npm socket draws. */
  private static final int JAVA_PORT = 65_535;

  private static final int BIG = 60_000;
  private static final byte[] LAST = {'l', 'a', 's', 't'};

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void datagramsPassBothWaysThroughDaemonsInARow(int daemons) throws IOException {
    try (Chain chain = Chain.stretched(daemons);
        NpmHost host = NpmHost.start();
        RelayDatagramSocket java = open(chain.daemon(daemons - 1))) {
      NpmSocket npm = host.openSocket("npm", NPM_PORT, chain.daemon(0).url());
      npm.awaitAccepted(chain.daemon(0).id());
      for (byte[] bytes : contents()) {
        sendToNpm(java, bytes, npm);
        assertArrivesAtNpm(bytes, npm, java);
        sendToJava(npm, bytes, java);
        answer(java, assertArrivesAtJava(bytes, java, npm));
        assertArrivesAtNpm(bytes, npm, java);
      }
      assertNothingIsLeft(npm, java);
    }
  }

  private static RelayDatagramSocket open(JavaPeer daemon) throws IOException {
    RelayDatagramSocket socket =
        RelayDatagramSocket.open(Peer.builder().bootstrap(daemon.url()), JAVA_PORT);
    socket.setSoTimeout((int) NpmHost.DEADLINE.toMillis());
    daemon.awaitLinked(socket.peer().id().hex());
    return socket;
  }

  /** Of the sizes that matter, and one with every value that a byte may have. */
  private static List<byte[]> contents() {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    byte[] big = new byte[BIG];
    new Random(1).nextBytes(big);
    return List.of(new byte[0], new byte[] {-1}, every, big);
  }

  private static void sendToNpm(RelayDatagramSocket from, byte[] bytes, NpmSocket to)
      throws IOException {
    InetAddress address = RelayDatagramSocket.addressOf(PeerId.ofHex(to.id()));
    from.send(new DatagramPacket(bytes, bytes.length, address, to.port()));
  }

  private static void sendToJava(NpmSocket from, byte[] bytes, RelayDatagramSocket to) {
    from.send(bytes, to.getLocalPort(), to.peer().id().hex());
  }

  /** Sends a packet back to where it says it came from. */
  private static void answer(RelayDatagramSocket socket, DatagramPacket received)
      throws IOException {
    socket.send(
        new DatagramPacket(received.getData(), received.getLength(), received.getSocketAddress()));
  }

  private static void assertArrivesAtNpm(byte[] bytes, NpmSocket npm, RelayDatagramSocket from) {
    NpmDatagram received = npm.awaitDatagram();
    assertArrayEquals(bytes, received.bytes());
    assertEquals(from.peer().id().hex(), received.address());
    assertEquals(JAVA_PORT, received.port());
  }

  private static DatagramPacket assertArrivesAtJava(
      byte[] bytes, RelayDatagramSocket java, NpmSocket from) throws IOException {
    DatagramPacket received = new DatagramPacket(new byte[BIG + 1], BIG + 1);
    java.receive(received);
    assertArrayEquals(bytes, Arrays.copyOf(received.getData(), received.getLength()));
    assertEquals(
        Optional.of(PeerId.ofHex(from.id())), RelayDatagramSocket.peerOf(received.getAddress()));
    assertEquals(from.id(), received.getAddress().getHostName());
    assertEquals(NPM_PORT, received.getPort());
    return received;
  }

  /** Whatever came before on the same links has been handled when the last ones are there. */
  private static void assertNothingIsLeft(NpmSocket npm, RelayDatagramSocket java)
      throws IOException {
    sendToNpm(java, LAST, npm);
    assertArrivesAtNpm(LAST, npm, java);
    sendToJava(npm, LAST, java);
    assertArrivesAtJava(LAST, java, npm);
    assertEquals(List.of(), npm.datagrams());
    java.setSoTimeout(1);
    DatagramPacket none = new DatagramPacket(new byte[1], 1);
    assertThrows(SocketTimeoutException.class, () -> java.receive(none));
  }
}
