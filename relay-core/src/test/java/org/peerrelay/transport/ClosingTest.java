package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/** What the other end of a link sees of a peer that closes. */
class ClosingTest {
  private final Random random = new Random(2);

  @RepeatedTest(10)
  void allThatWasSentAndTheReasonArriveAtAPeerThatIsItselfSendingWithoutPause() throws IOException {
    TestPeer relay = TestPeer.relay();
    PeerId id = PeerId.random(random);
    try (RawClient client = RawClient.link(relay.address(), id)) {
      relay.awaitLinked(id);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (true) {
                    client.text(Datagrams.user(id, relay.id(), "1"));
                  }
                } catch (IOException closed) {
                  // That is the end of it.
                }
              });
      relay.receive();
      for (int i = 0; i < 100; i++) {
        relay.peer().send(id, Payload.bytes(new byte[1_000]));
      }
      CompletableFuture<Void> closed = CompletableFuture.runAsync(relay::close);
      int received = 0;
      RawClient.Frame frame = client.read();
      while (frame != null && frame.opcode() != RawClient.CLOSE) {
        received += frame.text().contains("\"user\"") ? 1 : 0;
        frame = client.read();
      }
      assertEquals(100, received);
      assertTrue(frame != null, "no close frame");
      assertEquals(1_001, frame.payload().getShort(0));
      client.reset();
      sending.orTimeout(10, TimeUnit.SECONDS).join();
      closed.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }
}
