package org.peerrelay.daemon.soak;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peerrelay.Peer;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/** A peer of the Java library that only dials. */
record JavaTalker(Peer peer, BlockingQueue<Received> inbox) implements Talker {
  /** Starts a peer, and waits until the daemon has linked with it. */
  static JavaTalker at(SoakDaemon daemon) throws IOException {
    BlockingQueue<Received> inbox = new LinkedBlockingQueue<>();
    Peer peer =
        Peer.builder()
            .bootstrap(daemon.url())
            .onMessage((from, payload) -> inbox.add(new Received(from.hex(), payload)))
            .start();
    daemon.awaitLinked(peer.id().hex());
    return new JavaTalker(peer, inbox);
  }

  @Override
  public String id() {
    return peer.id().hex();
  }

  @Override
  public void send(String to, Payload payload) {
    peer.send(PeerId.ofHex(to), payload);
  }

  @Override
  public Received next() {
    try {
      Received next = inbox.poll(NpmHost.DEADLINE.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("message at " + id() + ": none (expected: one)");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a message", e);
    }
  }

  @Override
  public List<Received> rest() {
    return List.copyOf(inbox);
  }

  @Override
  public void close() {
    peer.close();
  }
}
