package org.peerrelay.daemon.interop;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/** Connections to a port of this machine that can be cut all at once, and mended. */
final class Cable implements AutoCloseable {
  private final int port;
  private final ServerSocket server;
  private final Set<Closeable> ends = new HashSet<>();
  private boolean cut;

  private Cable(int port, ServerSocket server) {
    this.port = port;
    this.server = server;
  }

  /** One whose other end is this port. */
  static Cable to(int port) {
    try {
      Cable cable = new Cable(port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      begin(cable::acceptAll);
      return cable;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void begin(Runnable run) {
    Thread thread = new Thread(run, "cable");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where its near end is dialed. */
  String url() {
    return "ws://127.0.0.1:" + server.getLocalPort();
  }

  /** Nothing goes through any more, and whoever dials is hung up on. */
  synchronized void cut() {
    cut = true;
    ends.forEach(Cable::close);
    ends.clear();
  }

  /** Whoever dials gets through again. */
  synchronized void mend() {
    cut = false;
  }

  private void acceptAll() {
    try {
      while (true) {
        accept(server.accept());
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private synchronized void accept(Socket near) {
    ends.add(near);
    try {
      if (!cut) {
        Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
        ends.add(far);
        begin(() -> carry(near, far));
        begin(() -> carry(far, near));
        return;
      }
    } catch (IOException e) {
      // Nobody is there.
    }
    close(near);
  }

  private static void carry(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // It was cut, or has ended.
    }
    close(to);
  }

  private static void close(Closeable end) {
    try {
      end.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  @Override
  public void close() {
    close(server);
    cut();
  }
}
