package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What programs expect of a datagram socket, asked of UDP ones and of ours by the same code. */
@ParameterizedClass
@EnumSource
class RelayDatagramSocketContractTest {
  private final SocketNetwork.Kind kind;
  private final SocketNetwork network = new SocketNetwork();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  RelayDatagramSocketContractTest(SocketNetwork.Kind kind) throws IOException {
    this.kind = kind;
  }

  private DatagramSocket open() throws Exception {
    return network.open(kind);
  }

  @AfterEach
  void closeEverything() throws Exception {
    network.close();
    threads.shutdown();
    threads.awaitTermination(SocketNetwork.PATIENCE_S, TimeUnit.SECONDS);
  }

  @Test
  void anEchoServerWrittenForUdpAnswers() throws Exception {
    DatagramSocket server = open();
    DatagramSocket client = open();
    server.setSoTimeout(0);
    Future<?> serving = threads.submit(new EchoServer(server));

    for (String text : List.of("hello", "", "a longer one than those before", "x")) {
      send(client, text, server);
      DatagramPacket answer = receive(client, 100);
      assertEquals(text, text(answer));
      assertEquals(server.getLocalSocketAddress(), answer.getSocketAddress());
    }
    server.close();
    serving.get(SocketNetwork.PATIENCE_S, TimeUnit.SECONDS);
  }

  @Test
  void theLargestDatagramArrivesWhole() throws Exception {
    DatagramSocket receiver = open();
    DatagramSocket sender = open();
    byte[] bytes = new byte[65_507];
    Arrays.fill(bytes, (byte) 0xff);

    sender.send(new DatagramPacket(bytes, bytes.length, receiver.getLocalSocketAddress()));
    DatagramPacket packet = receive(receiver, 70_000);

    assertArrayEquals(bytes, Arrays.copyOf(packet.getData(), packet.getLength()));
  }

  @Test
  void aLargerDatagramIsRefused() throws Exception {
    DatagramSocket sender = open();
    DatagramPacket packet =
        new DatagramPacket(new byte[65_508], 65_508, sender.getLocalSocketAddress());

    assertThrows(IOException.class, () -> sender.send(packet));
  }

  @Test
  void aReusedPacketReceivesAsMuchAsTheFirstTime() throws Exception {
    DatagramSocket receiver = open();
    DatagramSocket sender = open();
    DatagramPacket packet = new DatagramPacket(new byte[10], 1, 8);

    for (String text : List.of("ab", "", "abcdefgh", "c", "defghij")) {
      send(sender, text, receiver);
      receiver.receive(packet);
      assertEquals(text, text(packet));
      assertEquals(1, packet.getOffset());
    }
  }

  @Test
  void aDatagramIsCutToTheLengthOfThePacket() throws Exception {
    DatagramSocket receiver = open();
    DatagramSocket sender = open();
    DatagramPacket packet = new DatagramPacket("........".getBytes(StandardCharsets.UTF_8), 2, 3);

    send(sender, "abcdef", receiver);
    receiver.receive(packet);
    assertEquals("..abc...", new String(packet.getData(), StandardCharsets.UTF_8));
    assertEquals(3, packet.getLength());

    packet.setLength(1);
    send(sender, "xyz", receiver);
    receiver.receive(packet);
    assertEquals("..xbc...", new String(packet.getData(), StandardCharsets.UTF_8));
  }

  @Test
  void aPacketWithoutRoomReceivesToo() throws Exception {
    DatagramSocket receiver = open();
    send(open(), "abc", receiver);

    assertEquals(0, receive(receiver, 0).getLength());
  }

  @Test
  void aSocketCanSendToItself() throws Exception {
    DatagramSocket socket = open();
    send(socket, "to myself", socket);

    assertEquals("to myself", text(receive(socket, 100)));
  }

  @Test
  void receivingTimesOutAndTheSocketGoesOn() throws Exception {
    DatagramSocket receiver = open();
    receiver.setSoTimeout(20);
    DatagramPacket packet = new DatagramPacket(new byte[10], 10);
    assertThrows(SocketTimeoutException.class, () -> receiver.receive(packet));
    assertEquals(20, receiver.getSoTimeout());
    assertEquals(10, packet.getLength());

    receiver.setSoTimeout(10_000);
    send(open(), "later", receiver);
    assertEquals("later", text(receive(receiver, 100)));
  }

  @Test
  void closingEndsEveryReceiver() throws Exception {
    DatagramSocket socket = open();
    socket.setSoTimeout(0);
    CountDownLatch begun = new CountDownLatch(3);
    Callable<DatagramPacket> receiver =
        () -> {
          begun.countDown();
          return receive(socket, 1);
        };
    List<Future<DatagramPacket>> receivers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      receivers.add(threads.submit(receiver));
    }
    begun.await();
    socket.close();

    assertEndedByClosing(receivers);
  }

  @Test
  void eachDatagramGoesToOneOfSeveralReceivers() throws Exception {
    DatagramSocket socket = open();
    socket.setSoTimeout(0);
    Set<String> received = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(90);
    Callable<Void> receiver =
        () -> {
          while (true) {
            assertEquals(true, received.add(text(receive(socket, 100))));
            all.countDown();
          }
        };
    List<Future<Void>> receivers =
        List.of(threads.submit(receiver), threads.submit(receiver), threads.submit(receiver));
    DatagramSocket sender = open();
    for (int i = 0; i < 90; i++) {
      send(sender, "datagram " + i, socket);
    }
    all.await();
    socket.close();

    assertEndedByClosing(receivers);
    assertEquals(
        IntStream.range(0, 90).mapToObj(i -> "datagram " + i).collect(Collectors.toSet()),
        received);
  }

  private static void assertEndedByClosing(List<? extends Future<?>> receivers) {
    for (Future<?> receiver : receivers) {
      Exception end =
          assertThrows(
              ExecutionException.class,
              () -> receiver.get(SocketNetwork.PATIENCE_S, TimeUnit.SECONDS));
      assertInstanceOf(SocketException.class, end.getCause());
    }
  }

  private static void send(DatagramSocket from, String text, DatagramSocket to) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    from.send(new DatagramPacket(bytes, bytes.length, to.getLocalSocketAddress()));
  }

  private static DatagramPacket receive(DatagramSocket socket, int maxLength) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[maxLength], maxLength);
    socket.receive(packet);
    return packet;
  }

  private static String text(DatagramPacket packet) {
    return new String(
        packet.getData(), packet.getOffset(), packet.getLength(), StandardCharsets.UTF_8);
  }
}
