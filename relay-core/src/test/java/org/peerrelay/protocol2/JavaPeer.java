package org.peerrelay.protocol2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/** A peer of the library, with what it has received. */
record JavaPeer(Peer peer, BlockingQueue<Received> inbox, BlockingQueue<PeerId> links)
    implements AutoCloseable {
  private static final int TIMEOUT_S = 20;

  /** A message and its author. */
  record Received(PeerId from, Payload payload) {}

  static JavaPeer start(PeerBuilder builder) throws IOException {
    BlockingQueue<Received> inbox = new LinkedBlockingQueue<>();
    BlockingQueue<PeerId> links = new LinkedBlockingQueue<>();
    Peer peer =
        builder
            .onMessage((from, payload) -> inbox.add(new Received(from, payload)))
            .onPeer(links::add)
            .start();
    return new JavaPeer(peer, inbox, links);
  }

  PeerId id() {
    return peer.id();
  }

  String url() {
    String url = peer.url();
    assertNotNull(url);
    return url;
  }

  /** Waits for a link, after which datagrams find their way to {@code neighbour}. */
  void awaitLink(PeerId neighbour) throws InterruptedException {
    PeerId linked;
    do {
      linked = links.poll(TIMEOUT_S, TimeUnit.SECONDS);
      assertNotNull(linked, "no link with " + neighbour);
    } while (!linked.equals(neighbour));
  }

  void assertReceives(PeerId from, Payload payload) throws InterruptedException {
    assertEquals(new Received(from, payload), inbox.poll(TIMEOUT_S, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    peer.close();
  }
}
