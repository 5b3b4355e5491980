package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.JsonRecord;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.binary.LinkProof.Side;

/** What is malformed ends a link, is dropped or skipped as the golden vectors say. */
class MalformedVectorsTest {
  @TestFactory
  Stream<DynamicTest> faultsHaveTheOutcomeThatTheVectorsSay() {
    return ProtocolVectors.all("malformed").stream()
        .map(
            entry ->
                dynamicTest(
                    entry.text("state") + ": " + entry.text("name"),
                    () ->
                        assertEquals(
                            String.valueOf(entry.value("outcome")),
                            outcome(entry.text("state"), entry))));
  }

  private static String outcome(String state, JsonRecord entry) {
    byte[] frame = entry.bytes("frame");
    try {
      return switch (state) {
        case "hello" -> accepted(acceptor(), frame);
        case "proof" -> accepted(acceptorThatWaitsForTheProof(), frame);
        default -> onOpenLink(Unpooled.wrappedBuffer(frame));
      };
    } catch (MalformedFrameException e) {
      return Integer.toString(CloseReason.MALFORMED.code());
    } catch (RefusedHandshakeException e) {
      return Integer.toString(e.reason().code());
    } catch (UnfitDatagramException e) {
      return "drop";
    }
  }

  private static String accepted(LinkHandshake handshake, byte[] frame)
      throws MalformedFrameException, RefusedHandshakeException {
    handshake.onFrame(frame);
    return "accept";
  }

  private static LinkHandshake acceptor() {
    JsonRecord hello = ProtocolVectors.named("hellos", "acceptor with every field");
    return new LinkHandshake(
        Side.ACCEPTOR,
        ProtocolVectors.identity(hello.text("key")),
        ProtocolVectors.hello(hello),
        Set.of());
  }

  private static LinkHandshake acceptorThatWaitsForTheProof()
      throws MalformedFrameException, RefusedHandshakeException {
    LinkHandshake handshake = acceptor();
    handshake.onFrame(ProtocolVectors.named("hellos", "plain dialer").bytes("frame"));
    return handshake;
  }

  private static String onOpenLink(ByteBuf frame)
      throws MalformedFrameException, UnfitDatagramException {
    if (DatagramLayout.isLinkFrame(frame)) {
      return "skip";
    }
    Transit header = new Transit();
    DatagramLayout.read(frame, header);
    Message message =
        BinaryContents.read(
            BinaryContents.kind(header.kind), header.flags, DatagramLayout.content(frame));
    return message == null ? "skip" : "accept";
  }
}
