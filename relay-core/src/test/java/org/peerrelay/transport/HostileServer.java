package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Scanner;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A server that is dialed and does what {@code Script} says with every connection. */
final class HostileServer implements AutoCloseable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** What it does; the connection is closed afterwards. */
  interface Script {
    void run(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Semaphore served = new Semaphore(0);

  HostileServer(Script script) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(script), "hostile server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Script script) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        script.run(socket);
      } catch (IOException hungUp) {
        // The next one.
      }
      served.release();
    }
  }

  String url() {
    return "ws://127.0.0.1:" + server.getLocalPort();
  }

  /** Waits until so many more connections have been served. */
  void awaitServed(int count) {
    try {
      assertTrue(served.tryAcquire(count, 20, TimeUnit.SECONDS), "it was not dialed again");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void write(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  static void write(Socket socket, String text) throws IOException {
    write(socket, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the request for the upgrade and agrees to it. */
  static void upgrade(Socket socket) throws IOException {
    write(socket, agreement(socket));
  }

  /** Reads the request for the upgrade; what agrees to it. */
  static String agreement(Socket socket) throws IOException {
    Scanner request = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8);
    String key = "";
    String protocol = "";
    for (String line = request.nextLine(); !line.isEmpty(); line = request.nextLine()) {
      if (line.regionMatches(true, 0, "sec-websocket-key:", 0, 18)) {
        key = line.substring(18).strip();
      }
      // As npm's servers do; a dialer that has asked for a protocol takes no answer without one.
      if (line.regionMatches(true, 0, "sec-websocket-protocol:", 0, 23)) {
        protocol = line + "\r\n";
      }
    }
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + accept(key)
        + "\r\n"
        + protocol
        + "\r\n";
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Reads until the other end hangs up. */
  static void awaitEnd(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // Whatever it says.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
