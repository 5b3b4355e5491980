package org.peerrelay.daemon.soak;

import java.io.IOException;
import java.net.URI;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/**
 * A peer that sends as fast as loopback takes it, to another that reads it all. Both have threads
 * of their own, which end with the connections.
 */
final class Flooder implements AutoCloseable {
  private static final int BATCH = 100;
  private static final Payload PAYLOAD = Payload.bytes(new byte[100]);

  private final LoadPeer sender;
  private final LoadPeer receiver;
  private volatile long received;

  private Flooder(LoadPeer sender, LoadPeer receiver) {
    this.sender = sender;
    this.receiver = receiver;
  }

  /** Begins to flood the relay at {@code url}. */
  static Flooder start(URI url) throws IOException {
    Flooder flooder = new Flooder(BinaryLoadPeer.connect(url), BinaryLoadPeer.connect(url));
    PeerId target = flooder.receiver.id();
    begin("flood-sender", () -> flooder.send(target));
    begin("flood-receiver", flooder::receive);
    return flooder;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void begin(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // It is over.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void send(PeerId to) throws IOException {
    for (long nonce = 0; ; ) {
      for (int i = 0; i < BATCH; i++) {
        sender.write(to, nonce++, PAYLOAD);
      }
      sender.flush();
    }
  }

  private void receive() throws IOException {
    for (long count = 1; ; count++) {
      receiver.read();
      received = count;
    }
  }

  /** How many of its messages the relay has carried. */
  long received() {
    return received;
  }

  @Override
  public void close() throws IOException {
    sender.close();
    receiver.close();
  }
}
