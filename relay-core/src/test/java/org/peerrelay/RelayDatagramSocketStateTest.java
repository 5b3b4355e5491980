package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections, states and options, asked of UDP sockets and of ours by the same code. */
@ParameterizedClass
@EnumSource
class RelayDatagramSocketStateTest {
  private final SocketNetwork.Kind kind;
  private final SocketNetwork network = new SocketNetwork();

  RelayDatagramSocketStateTest(SocketNetwork.Kind kind) throws IOException {
    this.kind = kind;
  }

  private DatagramSocket open() throws Exception {
    return network.open(kind);
  }

  @AfterEach
  void closeEverything() {
    network.close();
  }

  @Test
  void anOpenSocketIsBoundAndNotConnected() throws Exception {
    DatagramSocket socket = open();

    assertTrue(socket.isBound());
    assertTrue(socket.getLocalPort() > 0);
    assertEquals(
        new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()),
        socket.getLocalSocketAddress());
    assertFalse(socket.isConnected());
    assertNull(socket.getInetAddress());
    assertEquals(-1, socket.getPort());
    assertNull(socket.getRemoteSocketAddress());
    assertFalse(socket.isClosed());
    assertNull(socket.getChannel());
  }

  @Test
  void aBoundSocketCannotBeBoundAgain() throws Exception {
    DatagramSocket socket = open();

    assertThrows(SocketException.class, () -> socket.bind(null));
  }

  @Test
  void aConnectedSocketHearsItsPeerOnly() throws Exception {
    DatagramSocket socket = open();
    DatagramSocket friend = open();
    DatagramSocket stranger = open();
    socket.connect(friend.getLocalSocketAddress());
    for (String text : new String[] {"one", "two"}) {
      send(stranger, "nothing", socket.getLocalSocketAddress());
      send(friend, text, socket.getLocalSocketAddress());
      assertEquals(text, receive(socket));
    }
    assertTrue(socket.isConnected());
    assertEquals(friend.getLocalSocketAddress(), socket.getRemoteSocketAddress());
    assertEquals(friend.getLocalAddress(), socket.getInetAddress());
    assertEquals(friend.getLocalPort(), socket.getPort());

    awaitDrops(socket, 2);
    socket.disconnect();
    assertFalse(socket.isConnected());
    assertNull(socket.getRemoteSocketAddress());
    send(stranger, "something", socket.getLocalSocketAddress());
    assertEquals("something", receive(socket));
  }

  /** What is on its way when a socket is disconnected is still received; UDP's arrives at once. */
  private static void awaitDrops(DatagramSocket socket, long count) {
    if (socket instanceof RelayDatagramSocket relayed) {
      SocketNetwork.await(() -> relayed.dropped(SocketDrop.NOT_CONNECTED_TO) == count);
    }
  }

  @Test
  void aConnectedSocketSendsToItsPeerOnly() throws Exception {
    DatagramSocket socket = open();
    DatagramSocket friend = open();
    socket.connect(friend.getLocalAddress(), friend.getLocalPort());
    DatagramPacket packet = new DatagramPacket("one".getBytes(StandardCharsets.UTF_8), 3);
    socket.send(packet);

    assertEquals("one", receive(friend));
    assertEquals(friend.getLocalSocketAddress(), packet.getSocketAddress());
    packet.setPort(friend.getLocalPort() == 1 ? 2 : 1);
    assertThrows(IllegalArgumentException.class, () -> socket.send(packet));
    packet.setSocketAddress(friend.getLocalSocketAddress());
    socket.send(packet);
    assertEquals("one", receive(friend));
    packet.setSocketAddress(socket.getLocalSocketAddress());
    assertThrows(IllegalArgumentException.class, () -> socket.send(packet));
  }

  @Test
  void anUnconnectedSocketNeedsAnAddress() throws Exception {
    DatagramSocket socket = open();

    assertThrows(
        IllegalArgumentException.class, () -> socket.send(new DatagramPacket(new byte[1], 1)));
  }

  @Test
  void nothingCanBeConnectedToNothing() throws Exception {
    DatagramSocket socket = open();
    @Nullable InetAddress noAddress = null;
    @Nullable SocketAddress noSocketAddress = null;

    assertThrows(IllegalArgumentException.class, () -> socket.connect(noAddress, 1));
    assertThrows(IllegalArgumentException.class, () -> socket.connect(noSocketAddress));
    assertThrows(
        IllegalArgumentException.class, () -> socket.connect(socket.getLocalAddress(), -1));
    assertThrows(
        SocketException.class,
        () -> socket.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1)));
    assertThrows(
        UncheckedIOException.class,
        () -> socket.connect(InetAddress.getByName("255.255.255.255"), 0));
    assertFalse(socket.isConnected());
  }

  @Test
  void aClosedSocketSaysWhatADatagramSocketSays() throws Exception {
    DatagramSocket socket = open();
    SocketAddress friend = open().getLocalSocketAddress();
    SocketAddress stranger = open().getLocalSocketAddress();
    socket.connect(friend);
    socket.close();
    socket.close();

    assertTrue(socket.isClosed());
    assertTrue(socket.isBound());
    assertNull(socket.getLocalAddress());
    assertEquals(-1, socket.getLocalPort());
    assertNull(socket.getLocalSocketAddress());
    DatagramPacket packet = new DatagramPacket(new byte[1], 1, friend);
    assertThrows(SocketException.class, () -> socket.send(packet));
    assertThrows(SocketException.class, () -> socket.receive(packet));
    assertThrows(SocketException.class, () -> socket.bind(null));
    assertThrows(SocketException.class, () -> socket.setSoTimeout(1));
    assertThrows(SocketException.class, socket::getSoTimeout);
    assertThrows(SocketException.class, () -> socket.setBroadcast(true));
    assertThrows(SocketException.class, socket::getReceiveBufferSize);
    assertThrows(IOException.class, () -> socket.getOption(StandardSocketOptions.SO_RCVBUF));
    assertFalse(socket.supportedOptions().isEmpty());
    socket.connect(stranger);
    assertEquals(friend, socket.getRemoteSocketAddress());
  }

  @Test
  void theUsualOptionsCanBeSetAndRead() throws Exception {
    DatagramSocket socket = open();
    for (boolean on : new boolean[] {true, false}) {
      socket.setBroadcast(on);
      assertEquals(on, socket.getBroadcast());
      socket.setReuseAddress(on);
      assertEquals(on, socket.getReuseAddress());
    }
    socket.setTrafficClass(0x10);
    assertEquals(0x10, socket.getTrafficClass());
    socket.setSendBufferSize(70_000);
    assertTrue(socket.getSendBufferSize() >= 70_000);
    socket.setReceiveBufferSize(70_000);
    assertTrue(socket.getReceiveBufferSize() >= 70_000);
    assertEquals(socket.getReceiveBufferSize(), socket.getOption(StandardSocketOptions.SO_RCVBUF));
    socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    assertTrue(socket.getReuseAddress());
    assertTrue(socket.supportedOptions().contains(StandardSocketOptions.IP_TOS));
  }

  @Test
  void valuesThatAnOptionCannotHaveAreRefused() throws Exception {
    DatagramSocket socket = open();
    @Nullable SocketOption<Integer> none = null;

    assertThrows(IllegalArgumentException.class, () -> socket.setSoTimeout(-1));
    assertThrows(IllegalArgumentException.class, () -> socket.setSendBufferSize(0));
    assertThrows(IllegalArgumentException.class, () -> socket.setReceiveBufferSize(0));
    assertThrows(IllegalArgumentException.class, () -> socket.setTrafficClass(256));
    assertThrows(
        UnsupportedOperationException.class,
        () -> socket.getOption(StandardSocketOptions.TCP_NODELAY));
    assertThrows(
        UnsupportedOperationException.class,
        () -> socket.setOption(StandardSocketOptions.TCP_NODELAY, true));
    assertThrows(NullPointerException.class, () -> socket.getOption(none));
    assertNotNull(socket.getOption(StandardSocketOptions.SO_SNDBUF));
  }

  private static void send(DatagramSocket from, String text, SocketAddress to) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static String receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    socket.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }
}
