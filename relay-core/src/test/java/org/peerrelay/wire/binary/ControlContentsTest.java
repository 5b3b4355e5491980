package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.NoticeCode;
import org.peerrelay.message.Pointer;
import org.peerrelay.wire.UnfitDatagramException;

/** The kinds of protocol 2 alone: what is too short is malformed, what is longer is skipped. */
class ControlContentsTest {
  private static final PeerId ID = new PeerId(1, 2, 3);
  private static final PeerId OTHER = new PeerId(4, 5, 6);
  private static final Pointer POINTER = new Pointer(ID, List.of(OTHER), 7, 8, null);

  /** A message without its optional fields, and how many bytes it takes. */
  private record Sample(Message message, int bytes) {}

  private static Stream<Sample> extensible() {
    return Stream.of(
        new Sample(new Message.Locate(ID, OTHER), 40),
        new Sample(new Message.Pong(9), 8),
        new Sample(new Message.Notice(NoticeCode.NOT_HERE, ID, 9, OTHER), 50),
        new Sample(new Message.TraceHop(9, 20, HopVerdict.ATTACHED, OTHER), 30));
  }

  private static Stream<Sample> all() {
    return Stream.concat(
        extensible(),
        Stream.of(
            new Sample(new Message.Notice(NoticeCode.UNFIT, ID, 9, null), 30),
            new Sample(new Message.TraceHop(9, 0, HopVerdict.DROPPED, null), 10),
            new Sample(new Message.Publish(POINTER, true, 0), 52),
            new Sample(new Message.Publish(POINTER, false, 0), 52),
            new Sample(new Message.Located(POINTER), 51)));
  }

  private static @Nullable Message read(MessageKind kind, byte[] content)
      throws UnfitDatagramException {
    return BinaryContents.read(kind, 0, content);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isReadAsItWasWritten(Sample sample) throws Exception {
    byte[] content = BinaryContents.write(sample.message());
    assertEquals(sample.bytes(), content.length);
    assertEquals(sample.message(), read(sample.message().kind(), content));
  }

  @ParameterizedTest
  @MethodSource("extensible")
  void whatFollowsIsOfALaterVersion(Sample sample) throws Exception {
    byte[] longer = Arrays.copyOf(BinaryContents.write(sample.message()), sample.bytes() + 33);
    assertEquals(sample.message(), read(sample.message().kind(), longer));
  }

  private static void malformed(MessageKind kind, byte[] content) {
    UnfitDatagramException refusal =
        assertThrows(
            UnfitDatagramException.class, () -> read(kind, content), kind + " " + content.length);
    assertEquals(DropReason.MALFORMED, refusal.reason());
  }

  @Test
  void whatIsTooShortIsMalformed() {
    assertShortIsMalformed(MessageKind.NOTICE, 30);
    assertShortIsMalformed(MessageKind.LOCATE, 40);
    assertShortIsMalformed(MessageKind.PONG, 8);
    assertShortIsMalformed(MessageKind.TRACE_HOP, 10);
    assertShortIsMalformed(MessageKind.POINTER, 52);
    assertShortIsMalformed(MessageKind.LOCATED, 51);
  }

  /** Every prefix of a valid content. */
  private static void assertShortIsMalformed(MessageKind kind, int bytes) {
    byte[] whole =
        all()
            .map(Sample::message)
            .filter(message -> message.kind() == kind)
            .map(BinaryContents::write)
            .findFirst()
            .orElseThrow();
    for (int length = 0; length < bytes; length++) {
      malformed(kind, Arrays.copyOf(whole, length));
    }
  }

  @ParameterizedTest
  @MethodSource("optionalIds")
  void anIdThatIsCutShortIsNone(Message with, Message without) throws Exception {
    byte[] content = BinaryContents.write(with);
    assertEquals(without, read(with.kind(), Arrays.copyOf(content, content.length - 1)));
  }

  private static Stream<Arguments> optionalIds() {
    return Stream.of(
        Arguments.of(
            new Message.Notice(NoticeCode.NOT_HERE, ID, 9, OTHER),
            new Message.Notice(NoticeCode.NOT_HERE, ID, 9, null)),
        Arguments.of(
            new Message.TraceHop(9, 20, HopVerdict.ATTACHED, OTHER),
            new Message.TraceHop(9, 20, HopVerdict.ATTACHED, null)));
  }

  @Test
  void codesOfLaterVersionsAreNothing() throws Exception {
    byte[] notice = BinaryContents.write(new Message.Notice(NoticeCode.UNFIT, ID, 9, null));
    byte[] hop = BinaryContents.write(new Message.TraceHop(9, 0, HopVerdict.DROPPED, null));
    for (int code : new int[] {0, 8, 255}) {
      notice[1] = (byte) code;
      assertNull(read(MessageKind.NOTICE, notice), "notice " + code);
    }
    notice[0] = 1;
    notice[1] = 1;
    assertNull(read(MessageKind.NOTICE, notice), "notice 257");
    for (int code : new int[] {9, 255}) {
      hop[9] = (byte) code;
      assertNull(read(MessageKind.TRACE_HOP, hop), "verdict " + code);
    }
  }

  @Test
  void theAgeOfAPointerIsRoundedUpAndBounded() throws Exception {
    Map<Integer, Integer> ages = Map.of(0, 0, 1, 32, 32, 32, 33, 64, 4_064, 4_064, 9_999, 4_064);
    for (boolean copy : new boolean[] {false, true}) {
      for (Map.Entry<Integer, Integer> age : ages.entrySet()) {
        byte[] content = BinaryContents.write(new Message.Publish(POINTER, copy, age.getKey()));
        assertEquals(
            new Message.Publish(POINTER, copy, age.getValue()), read(MessageKind.POINTER, content));
      }
    }
  }

  @Test
  void pingAndTraceHaveNoContentAndIgnoreIt() throws Exception {
    for (Message message : List.of(new Message.Ping(), new Message.Trace())) {
      assertEquals(0, BinaryContents.write(message).length);
      assertEquals(message, read(message.kind(), new byte[5]));
    }
  }
}
