package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.peerrelay.wire.binary.DatagramLayout.FLAG_JSON;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Pointer;
import org.peerrelay.wire.UnfitDatagramException;

class BinaryContentsTest {
  private static final PeerId ID = new PeerId(1, 2, 3);
  private static final byte[] NONE = {};

  @ParameterizedTest
  @EnumSource(MessageKind.class)
  void everyKindHasACodeOfItsOwn(MessageKind kind) {
    assertEquals(kind, BinaryContents.kind(BinaryContents.code(kind)));
  }

  @Test
  void codesThatThisVersionDoesNotKnowAreOfAnotherKind() {
    for (int code : new int[] {0, 21, 22, 127}) {
      assertEquals(MessageKind.OTHER, BinaryContents.kind(code));
    }
  }

  private static Pointer signed() {
    Identity identity = Identity.generate(new SecureRandom());
    return PointerCodec.sign(identity, Collections.nCopies(4, ID), 1_700_000_000_000L, 3_600);
  }

  @Test
  void everyMessageIsReadAsItWasWritten() throws Exception {
    List<Message> messages =
        List.of(
            new Message.User(Payload.bytes(NONE)),
            new Message.User(Payload.bytes(new byte[] {0, -1})),
            new Message.User(Payload.undefined()),
            new Message.User(Payload.json(" {\"ü\": [1e3, null]}\n")),
            new Message.FindPeers(ID),
            new Message.FoundPeers(List.of()),
            new Message.FoundPeers(Collections.nCopies(20, ID)),
            new Message.HandshakeOffer(),
            new Message.HandshakeAnswer(null, true),
            new Message.HandshakeAnswer("ws://[::1]:8080/a?b", false),
            new Message.Signal("{\"type\":\"offer\"}"),
            new Message.Notice(NoticeCode.UNFIT, ID, 7, null),
            new Message.Notice(NoticeCode.NOT_HERE, ID, 7, ID),
            new Message.Publish(new Pointer(ID, List.of(ID), 0, 1, null), true, 0),
            new Message.Publish(signed(), false, 0),
            new Message.Locate(ID, new PeerId(4, 5, 6)),
            new Message.Located(signed()),
            new Message.Ping(),
            new Message.Pong(Header.MAX_NONCE),
            new Message.Trace(),
            new Message.TraceHop(8, 20, HopVerdict.DROPPED, null),
            new Message.TraceHop(8, 0, HopVerdict.ATTACHED, ID));
    for (Message message : messages) {
      byte[] content = BinaryContents.write(message);
      int flags = BinaryContents.flags(message);

      assertEquals(message, BinaryContents.read(message.kind(), flags, content));
    }
  }

  @Test
  void onlyJsonAndUndefinedHaveTheFlagOfJson() {
    assertEquals(0, BinaryContents.flags(new Message.User(Payload.bytes(NONE))));
    assertEquals(FLAG_JSON, BinaryContents.flags(new Message.User(Payload.undefined())));
    assertEquals(FLAG_JSON, BinaryContents.flags(new Message.User(Payload.json("1"))));
    assertEquals(FLAG_JSON, BinaryContents.flags(new Message.Signal("{}")));
    assertEquals(0, BinaryContents.flags(new Message.FindPeers(ID)));
  }

  @Test
  void theContentOfAnUnknownKindMeansNothing() throws Exception {
    assertNull(BinaryContents.read(MessageKind.OTHER, 0xff, utf8("anything")));
  }

  @Test
  void whatStandsInAnOfferIsIgnored() throws Exception {
    assertEquals(
        new Message.HandshakeOffer(),
        BinaryContents.read(MessageKind.HANDSHAKE_OFFER, 0, utf8("later")));
  }

  @Test
  void unknownBitsOfAnAnswerAreIgnored() throws Exception {
    assertEquals(
        new Message.HandshakeAnswer(null, true),
        BinaryContents.read(MessageKind.HANDSHAKE_ANSWER, 0, new byte[] {-1}));
  }

  @Test
  void whatFollowsANoticeIsIgnored() throws Exception {
    Message notice = new Message.Notice(NoticeCode.HOP_LIMIT, ID, 9, null);
    byte[] longer = concatenated(BinaryContents.write(notice), utf8("later"));

    assertEquals(notice, BinaryContents.read(MessageKind.NOTICE, 0, longer));
  }

  @Test
  void aNoticeOfAnUnknownCodeMeansNothing() throws Exception {
    byte[] content = BinaryContents.write(new Message.Notice(NoticeCode.UNFIT, ID, 9, null));
    content[0] = 1;

    assertNull(BinaryContents.read(MessageKind.NOTICE, 0, content));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "1 1", " ", "\"\t\"", "01", "nul", "\ufeff1", "{\"a\":1,}", "[1,]", "'a'"})
  void textThatIsNotOneJsonValueIsUnfit(String text) {
    assertMalformed(MessageKind.USER, FLAG_JSON, utf8(text));
    assertMalformed(MessageKind.SIGNAL, FLAG_JSON, utf8(text));
  }

  @Test
  void jsonThatIsNoUtf8IsUnfit() {
    assertMalformed(MessageKind.USER, FLAG_JSON, new byte[] {'"', (byte) 0xc3, '(', '"'});
    assertMalformed(
        MessageKind.USER, FLAG_JSON, new byte[] {'"', (byte) 0xed, (byte) 0xa0, -128, '"'});
  }

  @Test
  void jsonThatNestsTooDeepIsUnfit() {
    byte[] deep = utf8("[".repeat(501) + "]".repeat(501));

    assertUnfit(DropReason.TOO_DEEP, MessageKind.USER, FLAG_JSON, deep);
  }

  @Test
  void aTargetOfAnotherLengthThanAnIdIsUnfit() {
    for (int length : new int[] {0, 19, 21}) {
      assertMalformed(MessageKind.FIND_PEERS, 0, new byte[length]);
    }
  }

  @Test
  void idsThatAreNotWholeAreUnfit() {
    assertMalformed(MessageKind.FOUND_PEERS, 0, new byte[39]);
  }

  @Test
  void moreThanTwentyIdsAreUnfit() {
    assertMalformed(MessageKind.FOUND_PEERS, 0, new byte[21 * PeerId.BYTES]);
  }

  @Test
  void anEmptyAnswerIsUnfit() {
    assertMalformed(MessageKind.HANDSHAKE_ANSWER, 0, NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://",
        "ws:///a",
        "http://a",
        "ws://a/\"",
        "ws://a/\\",
        "ws://a/\n",
        "ws://a/ b",
        "ws://ü",
        "ws://a/ü",
        "ws://a/\u007f",
        "ws://u@a",
        "ws://a:0",
        "ws://a:65536",
        "ws://a#f"
      })
  void aUrlThatNotEveryPeerCanDialIsUnfit(String url) {
    assertMalformed(MessageKind.HANDSHAKE_ANSWER, 0, concatenated(new byte[] {0}, utf8(url)));
  }

  @Test
  void aUrlOver512BytesIsUnfit() throws Exception {
    String longest = "ws://a/" + "b".repeat(505);

    assertEquals(
        new Message.HandshakeAnswer(longest, false),
        read(MessageKind.HANDSHAKE_ANSWER, 0, concatenated(new byte[] {0}, utf8(longest))));
    assertMalformed(
        MessageKind.HANDSHAKE_ANSWER, 0, concatenated(new byte[] {0}, utf8(longest + "b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "null", "\"{}\""})
  void aSignalThatIsNoObjectIsUnfit(String text) {
    assertMalformed(MessageKind.SIGNAL, FLAG_JSON, utf8(text));
  }

  @Test
  void aSignalThatDoesNotSayThatItIsJsonIsUnfit() {
    assertMalformed(MessageKind.SIGNAL, 0, utf8("{}"));
  }

  @Test
  void aNoticeThatIsCutOffIsUnfit() {
    assertMalformed(MessageKind.NOTICE, 0, new byte[29]);
  }

  @Test
  void bytesComeBackAsACopy() {
    byte[] bytes = {1, 2};
    Message message = new Message.User(Payload.bytes(bytes));

    BinaryContents.write(message)[0] = 9;

    assertArrayEquals(bytes, BinaryContents.write(message));
  }

  private static @Nullable Message read(MessageKind kind, int flags, byte[] content)
      throws UnfitDatagramException {
    return BinaryContents.read(kind, flags, content);
  }

  private static void assertMalformed(MessageKind kind, int flags, byte[] content) {
    assertUnfit(DropReason.MALFORMED, kind, flags, content);
  }

  private static void assertUnfit(DropReason reason, MessageKind kind, int flags, byte[] content) {
    UnfitDatagramException unfit =
        assertThrows(UnfitDatagramException.class, () -> read(kind, flags, content));
    assertEquals(reason, unfit.reason());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
