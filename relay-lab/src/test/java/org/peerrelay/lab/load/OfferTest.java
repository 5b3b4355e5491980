package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.peerrelay.Peer;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.legacy.LegacyReader;

/**
 * Other peers of the relay under load may offer links to its clients. These decline: whoever gets
 * no answer keeps a place for them.
 */
class OfferTest {
  private static final int OFFER = 4;
  private static final int ANSWER = 5;

  private final SecureRandom random = new SecureRandom();

  /** What comes in at clients that send an offer where they should send a message. */
  private static List<byte[]> answers(Offering offering) throws Exception {
    try (Peer relay =
            Peer.builder()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .start();
        LoadGenerator generator =
            LoadGenerator.connect(Objects.requireNonNull(relay.url()), offering, 2, 1, 1)) {
      generator.run(
          new LoadRun(100, new Pace.Rate(100), Duration.ZERO, Duration.ofMillis(200)), phase -> {});
    }
    return List.copyOf(offering.answers);
  }

  @Test
  void inProtocol2ItIsDeclined() throws Exception {
    List<Identity> identities = Stream.generate(() -> Identity.generate(random)).limit(2).toList();
    List<PeerId> ids = identities.stream().map(Identity::id).toList();
    List<byte[]> answers = answers(new BinaryOffering(new BinaryShape(identities)));

    assertEquals(20, answers.size());
    Transit header = new Transit();
    for (byte[] answer : answers) {
      DatagramLayout.read(Unpooled.wrappedBuffer(answer), header);
      assertTrue(ids.contains(header.from.toPeerId()));
      assertEquals(DatagramLayout.HEADER_BYTES + 1, answer.length);
      assertEquals(0, answer[DatagramLayout.HEADER_BYTES]);
    }
  }

  @Test
  void inTheLegacyProtocolItIsDeclined() throws Exception {
    List<PeerId> ids = Stream.generate(() -> PeerId.random(random)).limit(2).toList();
    List<byte[]> answers = answers(new LegacyOffering(new LegacyShape(ids, false)));

    assertEquals(20, answers.size());
    for (byte[] answer : answers) {
      assertTrue(ids.contains(LegacyReader.read(answer).header().from()));
      assertEquals(new Message.HandshakeAnswer(null, false), LegacyReader.read(answer).message());
    }
  }

  /** Another shape, but for its messages. */
  private abstract static class Offering implements Shape {
    private final Shape shape;
    private final ConcurrentLinkedQueue<byte[]> answers = new ConcurrentLinkedQueue<>();

    Offering(Shape shape) {
      this.shape = shape;
    }

    abstract void makeOffer(FrameBuffer message);

    abstract boolean isAnswer(byte[] frame);

    @Override
    public String name() {
      return shape.name();
    }

    @Override
    public Upgrade upgrade(int client) {
      return shape.upgrade(client);
    }

    @Override
    public Session session(int client) {
      Session session = shape.session(client);
      return new Session() {
        @Override
        public void onOpen(ClientConnection connection) {
          session.onOpen(connection);
        }

        @Override
        public void onMessage(ClientConnection connection, ByteBuf in, int index, int length) {
          byte[] frame = ByteBufUtil.getBytes(in, index, length);
          if (isAnswer(frame)) {
            answers.add(frame);
          }
          session.onMessage(connection, in, index, length);
        }

        @Override
        public void writeMessage(int target, byte[] payload, FrameBuffer frame) {
          session.writeMessage(target, payload, frame);
          makeOffer(frame);
        }
      };
    }
  }

  private static final class BinaryOffering extends Offering {
    BinaryOffering(Shape shape) {
      super(shape);
    }

    @Override
    void makeOffer(FrameBuffer message) {
      message.bytes()[message.contentOffset()] = OFFER;
    }

    @Override
    boolean isAnswer(byte[] frame) {
      return frame[0] == ANSWER;
    }
  }

  private static final class LegacyOffering extends Offering {
    LegacyOffering(Shape shape) {
      super(shape);
    }

    @Override
    void makeOffer(FrameBuffer message) {
      String text =
          new String(
              message.bytes(),
              message.contentOffset(),
              message.contentLength(),
              StandardCharsets.US_ASCII);
      String header = text.substring(0, text.indexOf("\"user\""));
      message.clear().put(header + "\"handshake-offer\"}}");
    }

    @Override
    boolean isAnswer(byte[] frame) {
      return new String(frame, StandardCharsets.US_ASCII).contains("handshake-answer");
    }
  }
}
