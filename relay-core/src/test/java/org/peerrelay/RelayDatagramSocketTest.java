package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.testing.Changed;
import org.peerrelay.transport.TransportConfig;
import org.peerrelay.wire.legacy.LegacyLimits;

/** What is particular to datagram sockets whose datagrams go through relays. */
class RelayDatagramSocketTest {
  private final SocketNetwork network = new SocketNetwork();

  RelayDatagramSocketTest() throws IOException {}

  @AfterEach
  void closeNetwork() {
    network.close();
  }

  @Test
  void theLocalAddressStandsForTheOwnPeerAndThePortIsTheCallers() throws Exception {
    Identity identity = Identity.generate(new SecureRandom());
    RelayDatagramSocket socket = network.open(network.leaf().identity(identity), 4_711);

    assertEquals(identity.id(), socket.peer().id());
    assertEquals(4_711, socket.getLocalPort());
    InetAddress address = Objects.requireNonNull(socket.getLocalAddress());
    assertEquals(RelayDatagramSocket.addressOf(identity.id()), address);
    assertEquals(Optional.of(identity.id()), RelayDatagramSocket.peerOf(address));
  }

  @Test
  void aPortIsDrawnWhereNpmSocketsDrawTheirs() throws Exception {
    int port = network.open().getLocalPort();

    assertTrue(port >= 1 && port <= 9_998, "port " + port);
  }

  @Test
  void aPortThatIsNoneIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> RelayDatagramSocket.open(Peer.builder(), 65_536));
    assertThrows(
        IllegalArgumentException.class, () -> RelayDatagramSocket.open(Peer.builder(), -1));
  }

  @Test
  void aPeerGetsWhatAnNpmSocketReads() throws Exception {
    CompletableFuture<Payload> got = new CompletableFuture<>();
    Peer receiver = network.join((from, payload) -> got.complete(payload));
    RelayDatagramSocket socket = network.open();
    InetAddress address = RelayDatagramSocket.addressOf(receiver.id());
    socket.send(new DatagramPacket(new byte[] {0, 10, -1}, 3, address, 1));

    assertEquals(
        "{\"buffer\":{\"type\":\"Buffer\",\"data\":[0,10,255]},\"address\":\""
            + socket.peer().id()
            + "\",\"port\":"
            + socket.getLocalPort()
            + "}",
        got.get(30, TimeUnit.SECONDS).jsonText());
  }

  @Test
  void theSenderIsWhoSentTheDatagramWhateverTheMessageClaims() throws Exception {
    RelayDatagramSocket socket = network.open();
    Peer sender = network.join((from, payload) -> {});
    for (String claim : List.of("localhost", "0123456789012345678901234567890123456789")) {
      sender.send(socket.peer().id(), form(claim, 0));
      DatagramPacket packet = receive(socket);

      assertEquals(RelayDatagramSocket.addressOf(sender.id()), packet.getAddress());
      assertEquals(sender.id().hex(), packet.getAddress().getHostName());
      assertEquals(0, packet.getPort());
    }
  }

  @Test
  void messagesOfAnotherFormAreCountedAndDoNotCome() throws Exception {
    RelayDatagramSocket socket = network.open();
    Peer sender = network.join((from, payload) -> {});
    PeerId to = socket.peer().id();
    sender.send(to, Payload.json("\"hello\""));
    sender.send(to, Payload.bytes(new byte[] {1}));
    sender.send(to, Payload.undefined());
    sender.send(to, form("", 65_536));
    sender.send(to, form("", 7));

    assertEquals(7, receive(socket).getPort());
    assertEquals(4, socket.dropped(SocketDrop.OTHER_FORM));
  }

  @Test
  void aSocketAtPortZeroCanBeAnswered() throws Exception {
    CompletableFuture<Payload> got = new CompletableFuture<>();
    Peer sender = network.join((from, payload) -> got.complete(payload));
    RelayDatagramSocket socket = network.open();
    sender.send(socket.peer().id(), form("", 0));
    socket.send(receive(socket));

    assertTrue(got.get(30, TimeUnit.SECONDS).jsonText().contains("\"data\":[42]"));
  }

  @Test
  void aSocketConnectedToPortZeroHearsAllPortsOfThePeerAndAnswersThem() throws Exception {
    RelayDatagramSocket socket = network.open();
    RelayDatagramSocket friend = network.open();
    socket.connect(RelayDatagramSocket.addressOf(friend.peer().id()), 0);
    friend.send(new DatagramPacket(new byte[3], 3, socket.getLocalSocketAddress()));
    DatagramPacket packet = receive(socket);
    socket.send(packet);

    assertEquals(friend.getLocalPort(), packet.getPort());
    assertEquals(3, receive(friend).getLength());
  }

  @Test
  void otherAddressesThanPeersCannotBeSentToOrConnectedTo() throws Exception {
    RelayDatagramSocket socket = network.open();
    for (String text : List.of("127.0.0.1", "2001:db8::1", "fd12:3456::1")) {
      InetAddress address = InetAddress.getByName(text);
      DatagramPacket packet = new DatagramPacket(new byte[1], 1, address, 1);

      assertThrows(NoRouteToHostException.class, () -> socket.send(packet));
      assertThrows(
          NoRouteToHostException.class, () -> socket.connect(new InetSocketAddress(address, 1)));
    }
  }

  @Test
  void aStrangerWhoseIdResemblesAnotherPeersIsNotTakenForIt() throws Exception {
    RelayDatagramSocket socket = network.open();
    PeerId friend = network.open().peer().id();
    InetAddress address = RelayDatagramSocket.addressOf(friend);
    PeerId lookalike = new PeerId(friend.high(), friend.middle() ^ 1, friend.low());
    network.sendAs(lookalike, socket.peer().id(), form(friend.hex(), 1));
    network.join((from, payload) -> {}).send(socket.peer().id(), form("", 2));

    // The two come over different links, in either order.
    assertEquals(2, receive(socket).getPort());
    socket.setSoTimeout(1);
    SocketNetwork.await(
        () -> {
          assertThrows(SocketTimeoutException.class, () -> receive(socket));
          return socket.dropped(SocketDrop.ADDRESS_TAKEN) == 1;
        });
    assertEquals(Optional.of(friend), RelayDatagramSocket.peerOf(address));
  }

  @Test
  void whatDoesNotFitIntoTheReceiveBufferIsDroppedAndCounted() throws Exception {
    RelayDatagramSocket socket = network.open();
    socket.setReceiveBufferSize(2_000);
    for (int i = 0; i < 5; i++) {
      byte[] bytes = new byte[700];
      bytes[0] = (byte) i;
      socket.send(new DatagramPacket(bytes, bytes.length, socket.getLocalSocketAddress()));
    }
    socket.setSoTimeout(1);
    SocketNetwork.await(() -> socket.dropped(SocketDrop.BUFFER_FULL) == 3);

    assertEquals(0, receive(socket).getData()[0]);
    assertEquals(1, receive(socket).getData()[0]);
    assertThrows(SocketTimeoutException.class, () -> receive(socket));
  }

  @Test
  void thePeersPayloadLimitAppliesToTheBytesAndNotToTheirJson() throws Exception {
    TransportConfig small =
        Changed.in(TransportConfig.DEFAULT, Map.of("wire", LegacyLimits.ofPayload(1_000)));
    RelayDatagramSocket socket = network.open(network.leaf().transport(small), 0);
    SocketAddress self = socket.getLocalSocketAddress();
    byte[] bytes = new byte[1_001];
    Arrays.fill(bytes, (byte) 200);
    socket.send(new DatagramPacket(bytes, 1_000, self));

    DatagramPacket packet = new DatagramPacket(new byte[1_001], 1_001);
    socket.receive(packet);
    assertEquals(1_000, packet.getLength());
    Exception refusal =
        assertThrows(IOException.class, () -> socket.send(new DatagramPacket(bytes, 1_001, self)));
    assertEquals("datagram: 1001 bytes (expected: at most 1000)", refusal.getMessage());
  }

  @Test
  void anInterruptDoesNotEndReceivingAndIsNotLost() throws Exception {
    RelayDatagramSocket socket = network.open();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread receiver =
        new Thread(
            () -> {
              try {
                receive(socket);
                interrupted.complete(Thread.currentThread().isInterrupted());
              } catch (IOException e) {
                interrupted.completeExceptionally(e);
              }
            });
    receiver.start();
    SocketNetwork.await(() -> receiver.getState() == Thread.State.TIMED_WAITING);
    receiver.interrupt();
    socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));

    assertTrue(interrupted.get(30, TimeUnit.SECONDS));
  }

  @Test
  void closingEndsAReceiverThatWaitsForEver() throws Exception {
    RelayDatagramSocket socket = network.open();
    socket.setSoTimeout(0);
    CompletableFuture<Exception> end = new CompletableFuture<>();
    Thread receiver =
        new Thread(() -> end.complete(assertThrows(SocketException.class, () -> receive(socket))));
    receiver.start();
    SocketNetwork.await(() -> receiver.getState() == Thread.State.TIMED_WAITING);
    socket.close();

    assertEquals("Socket closed", end.get(30, TimeUnit.SECONDS).getMessage());
  }

  @Test
  void thereAreNoMulticastGroups() throws Exception {
    RelayDatagramSocket socket = network.open();
    SocketAddress group = new InetSocketAddress(InetAddress.getByName("224.0.0.1"), 0);
    @Nullable NetworkInterface any = null;

    assertThrows(UnsupportedOperationException.class, () -> socket.joinGroup(group, any));
    assertThrows(UnsupportedOperationException.class, () -> socket.leaveGroup(group, any));
  }

  @Test
  void noMethodOfADatagramSocketIsLeftToTheJdk() throws Exception {
    List<String> left =
        Arrays.stream(RelayDatagramSocket.class.getMethods())
            .filter(method -> method.getDeclaringClass() == DatagramSocket.class)
            .map(Method::getName)
            .toList();

    // This one is static.
    assertEquals(List.of("setDatagramSocketImplFactory"), left);
  }

  private static Payload form(String address, int port) {
    return Payload.json(
        "{\"buffer\":{\"type\":\"Buffer\",\"data\":[42]},\"address\":\""
            + address
            + "\",\"port\":"
            + port
            + "}");
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1_000], 1_000);
    socket.receive(packet);
    return packet;
  }
}
