package org.peerrelay.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import org.peerrelay.Peer;
import org.peerrelay.transport.NettyNode;

/** Our own relay, with nothing around it that the other servers of the comparison do not have. */
public final class DaemonServer {
  private DaemonServer() {}

  /**
   * Runs one on loopback, on the port of the first argument, until the process is ended; a second
   * argument is the number of its event loops.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 1) {
      System.setProperty(NettyNode.THREADS_PROPERTY, args[1]);
    }
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (Peer peer =
        Peer.builder().listen(new InetSocketAddress(loopback, Integer.parseInt(args[0]))).start()) {
      System.err.println("listening at " + peer.url());
      new CountDownLatch(1).await();
    }
  }
}
