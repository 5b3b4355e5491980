package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.peerrelay.wire.legacy.FrameText.buffer;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Message;
import org.peerrelay.wire.UnfitDatagramException;

/** The content of control datagrams: what is understood, and what would end an npm peer. */
class LegacyControlsTest {
  private static final String HEX = FrameText.TO.hex();

  @ParameterizedTest
  @MethodSource({"findPeers", "foundPeers", "answers", "signals"})
  void contentOfTheWrongShapeIsRefused(FrameText frame) {
    UnfitDatagramException refusal =
        assertThrows(UnfitDatagramException.class, frame::read, frame::text);

    assertEquals(DropReason.MALFORMED, refusal.reason());
  }

  private static Named<FrameText> wrong(String type, String what, String content) {
    return Named.of(type + ": " + what, FrameText.of(type, content));
  }

  static Stream<Named<FrameText>> findPeers() {
    return Stream.of(
        wrong("findPeers", "nothing", ""),
        wrong("findPeers", "null", "null"),
        wrong("findPeers", "a number", "1"),
        wrong("findPeers", "an array", "[\"" + HEX + "\"]"),
        wrong("findPeers", "a Buffer", buffer(20)),
        wrong("findPeers", "39 digits", '"' + HEX.substring(1) + '"'),
        wrong("findPeers", "41 digits", '"' + HEX + "0\""));
  }

  static Stream<Named<FrameText>> foundPeers() {
    return Stream.of(
        wrong("foundPeers", "nothing", ""),
        wrong("foundPeers", "null", "null"),
        wrong("foundPeers", "an id without array", '"' + HEX + '"'),
        wrong("foundPeers", "an object", "{\"length\":1}"),
        wrong("foundPeers", "null among ids", "[\"" + HEX + "\",null]"),
        wrong("foundPeers", "a number among ids", "[1]"),
        wrong("foundPeers", "a Buffer among ids", "[" + buffer(20) + "]"),
        wrong("foundPeers", "a short id", "[\"01\"]"),
        wrong("foundPeers", "21 ids", ids(21)));
  }

  static Stream<Named<FrameText>> answers() {
    return Stream.of(
        wrong("handshake-answer", "nothing", ""),
        wrong("handshake-answer", "null", "null"),
        wrong("handshake-answer", "a URL alone", "\"ws://a\""),
        wrong("handshake-answer", "an array", "[]"),
        wrong("handshake-answer", "a URL that is a number", "{\"ws\":1,\"wrtc\":false}"),
        wrong("handshake-answer", "a URL that is an object", "{\"ws\":{},\"wrtc\":false}"),
        wrong("handshake-answer", "a URL that is true", "{\"ws\":true,\"wrtc\":false}"),
        wrong("handshake-answer", "a URL that is empty", "{\"ws\":\"\",\"wrtc\":false}"),
        wrong("handshake-answer", "an escaped URL", "{\"ws\":\"ws:\\/\\/a\",\"wrtc\":false}"),
        wrong(
            "handshake-answer",
            "a URL of 513 characters",
            "{\"ws\":\"ws://a/" + "x".repeat(506) + "\",\"wrtc\":false}"),
        wrong("handshake-answer", "two URLs", "{\"ws\":null,\"ws\":\"ws://a\",\"wrtc\":false}"),
        wrong("handshake-answer", "wrtc of null", "{\"ws\":null,\"wrtc\":null}"),
        wrong("handshake-answer", "wrtc of 1", "{\"ws\":null,\"wrtc\":1}"),
        wrong("handshake-answer", "wrtc of a string", "{\"ws\":null,\"wrtc\":\"true\"}"),
        wrong("handshake-answer", "wrtc twice", "{\"wrtc\":false,\"wrtc\":true}"),
        wrong("handshake-answer", "an escaped name", "{\"\\u0077s\":\"x\"}"));
  }

  static Stream<Named<FrameText>> signals() {
    return Stream.of(
        wrong("signal", "nothing", ""),
        wrong("signal", "null", "null"),
        wrong("signal", "a string", "\"offer\""),
        wrong("signal", "a number", "1"),
        wrong("signal", "an array", "[]"));
  }

  @Test
  void findPeersNamesItsTarget() throws Exception {
    assertEquals(new Message.FindPeers(FrameText.TO), control("findPeers", '"' + HEX + '"'));
  }

  @Test
  void foundPeersMayBeNone() throws Exception {
    assertEquals(new Message.FoundPeers(List.of()), control("foundPeers", "[]"));
  }

  @Test
  void foundPeersMayBeTwentyAndKeepTheirOrder() throws Exception {
    List<PeerId> twenty = IntStream.range(0, 20).mapToObj(i -> new PeerId(-i, i, i)).toList();

    assertEquals(new Message.FoundPeers(twenty), control("foundPeers", ids(20)));
  }

  @Test
  void aHandshakeOfferNeedsNoContent() throws Exception {
    assertEquals(new Message.HandshakeOffer(), control("handshake-offer", ""));
  }

  @Test
  void aHandshakeOfferMayHaveContentThatNobodyReads() throws Exception {
    assertEquals(new Message.HandshakeOffer(), control("handshake-offer", "[null]"));
  }

  @Test
  void aHandshakeAnswerTellsUrlAndWebRtcInAnyOrder() throws Exception {
    assertEquals(
        new Message.HandshakeAnswer("ws://localhost:8000", true),
        control("handshake-answer", "{\"wrtc\":true,\"ws\":\"ws://localhost:8000\"}"));
  }

  @Test
  void aHandshakeAnswerMayTellOfNeither() throws Exception {
    assertEquals(
        new Message.HandshakeAnswer(null, false),
        control("handshake-answer", "{\"ws\":null,\"wrtc\":false}"));
  }

  @Test
  void aSignalIsAnyObjectAndKeepsItsText() throws Exception {
    assertEquals(new Message.Signal("{ \"x\" : [1] }"), control("signal", "{ \"x\" : [1] }"));
  }

  private static Message control(String type, String content) throws Exception {
    LegacyDatagram datagram = FrameText.of(type, content).read();
    Message control = datagram.control();
    if (control == null) {
      throw new AssertionError("no control message in " + datagram.header());
    }
    assertEquals(control, datagram.message());
    assertEquals(control.kind(), datagram.header().kind());
    return control;
  }

  private static String ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> '"' + new PeerId(-i, i, i).hex() + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }
}
