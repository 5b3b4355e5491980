package org.peerrelay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;

/**
 * A server as it is written for UDP, which knows nothing of relays: it sends every datagram back,
 * with one packet for all, until its socket is closed.
 */
record EchoServer(DatagramSocket socket) implements Runnable {
  @Override
  public void run() {
    DatagramPacket packet = new DatagramPacket(new byte[65_507], 65_507);
    try {
      while (true) {
        socket.receive(packet);
        socket.send(packet);
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
