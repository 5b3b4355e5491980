package org.peerrelay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * Stands before a relay and passes on what comes and goes, until what comes over its first
 * connection is to be swallowed: then the relay seems to take it and does nothing.
 */
final class SwallowingProxy implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean swallows;

  SwallowingProxy() throws IOException {}

  String url() {
    return "ws://127.0.0.1:" + listening.getLocalPort();
  }

  /** Begins to pass on to the relay that listens there. */
  void begin(InetSocketAddress relay) {
    start(() -> accept(relay));
  }

  /** From now on the relay hears nothing from the first that has come. */
  void swallow() {
    swallows = true;
  }

  private void accept(InetSocketAddress relay) throws IOException {
    for (boolean first = true; ; first = false) {
      Socket dialer = opened(listening.accept());
      Socket acceptor = opened(new Socket(relay.getAddress(), relay.getPort()));
      BooleanSupplier swallowed = first ? () -> swallows : () -> false;
      start(() -> copy(dialer, acceptor, swallowed));
      start(() -> copy(acceptor, dialer, () -> false));
    }
  }

  private Socket opened(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private static void copy(Socket from, Socket to, BooleanSupplier swallowed) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        if (!swallowed.getAsBoolean()) {
          out.write(buffer, 0, length);
        }
      }
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException closed) {
                // So ends each of them.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
