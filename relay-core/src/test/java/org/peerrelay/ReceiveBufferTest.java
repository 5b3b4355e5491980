package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.peerrelay.ReceiveBuffer.Arrival;
import org.peerrelay.ReceiveBuffer.Remote;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.legacy.SocketForm;

class ReceiveBufferTest {
  private static final PeerId FRIEND = new PeerId(1, 0, 0);
  private static final PeerId STRANGER = new PeerId(2, 0, 0);
  private static final int PORT = 7;

  /** Room for two datagrams of 100 bytes. */
  private final ReceiveBuffer buffer = new ReceiveBuffer(600);

  @Test
  void datagramsComeOutInOrder() throws Exception {
    Arrival first = add(FRIEND, 1, PORT);
    Arrival second = add(STRANGER, 1, PORT);

    assertSame(first, take());
    assertSame(second, take());
  }

  @Test
  void whatDoesNotFitIsDroppedAndCountedAndWhatCameFirstStays() throws Exception {
    Arrival first = add(FRIEND, 100, PORT);
    Arrival second = add(FRIEND, 100, PORT);
    add(FRIEND, 0, PORT);

    assertEquals(1, buffer.dropped(SocketDrop.BUFFER_FULL));
    assertSame(first, take());
    assertSame(second, take());
    assertEmpty();
  }

  @Test
  void receivingMakesRoom() throws Exception {
    for (int i = 0; i < 10; i++) {
      Arrival next = add(FRIEND, 300, PORT);
      assertSame(next, take());
    }
  }

  @Test
  void emptyDatagramsAreNotFree() {
    for (int i = 0; i < 4; i++) {
      add(FRIEND, 0, PORT);
    }

    assertEquals(1, buffer.dropped(SocketDrop.BUFFER_FULL));
  }

  @Test
  void aLargerBoundHoldsMoreAndASmallerOneKeepsWhatIsThere() throws Exception {
    buffer.setMaxBytes(900);
    add(FRIEND, 700, PORT);
    buffer.setMaxBytes(1);
    add(FRIEND, 0, PORT);

    assertEquals(1, buffer.dropped(SocketDrop.BUFFER_FULL));
    assertEquals(700, take().datagram().sizeBytes());
  }

  @Test
  void connectingDropsWhatOthersSentBeforeAndAfter() throws Exception {
    add(STRANGER, 100, PORT);
    Arrival before = add(FRIEND, 100, PORT);
    buffer.connect(remote(FRIEND, PORT));
    add(STRANGER, 100, PORT);
    add(FRIEND, 100, PORT + 1);
    Arrival after = add(FRIEND, 100, PORT);

    assertSame(before, take());
    assertSame(after, take());
    assertEmpty();
    assertEquals(3, buffer.dropped(SocketDrop.NOT_CONNECTED_TO));
    assertEquals(0, buffer.dropped(SocketDrop.BUFFER_FULL));
  }

  @Test
  void portZeroMeansAllPortsOfThePeer() throws Exception {
    buffer.connect(remote(FRIEND, 0));
    add(STRANGER, 1, 0);
    Arrival first = add(FRIEND, 1, 1);
    Arrival second = add(FRIEND, 1, 2);

    assertSame(first, take());
    assertSame(second, take());
  }

  @Test
  void everybodyIsHeardAgainAfterDisconnecting() throws Exception {
    buffer.connect(remote(FRIEND, PORT));
    buffer.disconnect();
    Arrival arrival = add(STRANGER, 1, PORT);

    assertNull(buffer.remote());
    assertSame(arrival, take());
  }

  @Test
  void aClosedBufferTakesInNothingAndStaysConnected() throws Exception {
    buffer.connect(remote(FRIEND, PORT));
    buffer.close();
    buffer.disconnect();
    add(FRIEND, 1, PORT);

    assertEquals(remote(FRIEND, PORT), buffer.remote());
    assertThrows(SocketException.class, this::take);
  }

  private Arrival add(PeerId from, int sizeBytes, int port) {
    Arrival arrival = new Arrival(from, SocketForm.of(new byte[sizeBytes], 0, sizeBytes, port));
    buffer.add(arrival);
    return arrival;
  }

  private Arrival take() throws Exception {
    return buffer.take(System.nanoTime(), 1);
  }

  private void assertEmpty() {
    assertThrows(SocketTimeoutException.class, this::take);
  }

  private static Remote remote(PeerId id, int port) {
    return new Remote(id, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }
}
