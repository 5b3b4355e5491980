package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.wire.legacy.FrameText.path;
import static org.peerrelay.wire.legacy.FrameText.user;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.UnfitDatagramException;

/** Datagrams that are too long or too deep, and those that just are not. */
class LegacyReaderLimitsTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  @Test
  void aPathMayHaveTwentyIds() throws Exception {
    assertEquals(
        Header.MAX_PATH, user().with("path", path(Header.MAX_PATH)).read().header().path().size());
  }

  @Test
  void aPathOfTwentyOneIdsHasMetTooManyNodes() {
    assertEquals(DropReason.HOP_LIMIT, refusal(user().with("path", path(21))));
  }

  @Test
  void aPathOfAHundredThousandIdsIsRefusedAtOnce() {
    FrameText frame = user().with("path", path(100_000));

    assertTimeout(AT_ONCE, () -> assertEquals(DropReason.HOP_LIMIT, refusal(frame)));
  }

  @ParameterizedTest
  @MethodSource("placesForAnything")
  void aValueMayNestAsDeeplyAsAllowed(String placed) {
    assertDoesNotThrow(() -> FrameText.read(filled(placed, nested(JsonScanner.MAX_DEPTH))));
  }

  @ParameterizedTest
  @MethodSource("placesForAnything")
  void aValueThatNestsOneLevelDeeperIsRefused(String placed) {
    UnfitDatagramException refusal =
        assertThrows(
            UnfitDatagramException.class,
            () -> FrameText.read(filled(placed, nested(JsonScanner.MAX_DEPTH + 1))));

    assertEquals(DropReason.TOO_DEEP, refusal.reason());
  }

  @ParameterizedTest
  @MethodSource("placesForAnything")
  void twoHundredThousandLevelsAreRefusedAtOnce(String placed) {
    String text = filled(placed, nested(200_000));

    assertTimeout(
        AT_ONCE, () -> assertThrows(UnfitDatagramException.class, () -> FrameText.read(text)));
  }

  static Stream<Named<String>> placesForAnything() {
    return Stream.of(
        Named.of("a user's content", FrameText.of("user", "?").text()),
        Named.of("the content of an unknown type", FrameText.of("telepathy", "?").text()),
        Named.of("the content of an offer", FrameText.of("handshake-offer", "?").text()),
        Named.of("a member of a signal", FrameText.of("signal", "{\"a\":??}").text()),
        Named.of(
            "a member that data does not know",
            user().with("data", "{\"type\":\"user\",\"extra\":?}").text()),
        Named.of("a member that datagrams do not know", user().with("extra", "?").text()));
  }

  @ParameterizedTest
  @MethodSource("placesForOneType")
  void twoHundredThousandLevelsWhereSomethingElseBelongsAreRefusedAtOnce(FrameText frame) {
    assertTimeout(AT_ONCE, () -> assertThrows(UnfitDatagramException.class, frame::read));
  }

  static Stream<Named<FrameText>> placesForOneType() {
    String deep = nested(200_000);
    return Stream.of(
        Named.of("to", user().with("to", deep)),
        Named.of("from", user().with("from", deep)),
        Named.of("path", user().with("path", deep)),
        Named.of("nonce", user().with("nonce", deep)),
        Named.of("data", user().with("data", deep)),
        Named.of("data.type", user().with("data", "{\"type\":" + deep + "}")),
        Named.of("findPeers", FrameText.of("findPeers", deep)),
        Named.of("foundPeers", FrameText.of("foundPeers", deep)),
        Named.of("handshake-answer", FrameText.of("handshake-answer", deep)),
        Named.of("signal", FrameText.of("signal", deep)));
  }

  @Test
  void aHundredThousandMembersAreReadAtOnce() {
    StringBuilder members = new StringBuilder("1");
    for (int i = 0; i < 100_000; i++) {
      members.append(",\"m").append(i).append("\":").append(i);
    }
    FrameText frame = user().with("extra", members.toString());

    assertTimeout(AT_ONCE, () -> frame.read());
  }

  @Test
  void defaultLimitsHoldTheLargestPayloadInTheFormThatTakesMost() {
    LegacyLimits limits = LegacyLimits.DEFAULT;
    byte[] worst = new byte[limits.maxPayloadBytes()];
    Arrays.fill(worst, (byte) 255);

    assertEquals(64 * 1024, limits.maxPayloadBytes());
    int frameBytes = WrittenFrame.forward(longestPath(worst), FrameText.TO).length();
    assertTrue(frameBytes <= limits.maxFrameBytes());
  }

  /** A datagram that has come as far as any may, with the longest nonce. */
  private static LegacyDatagram longestPath(byte[] content) {
    StringBuilder numbers = new StringBuilder();
    for (byte b : content) {
      numbers.append(numbers.isEmpty() ? "" : ",").append(b & 0xff);
    }
    try {
      return FrameText.of("user", FrameText.buffer(numbers.toString()))
          .with("path", path(Header.MAX_PATH))
          .with("nonce", "\"" + Header.MAX_NONCE + "\"")
          .read();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static DropReason refusal(FrameText frame) {
    return assertThrows(UnfitDatagramException.class, frame::read).reason();
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  /** Puts {@code value} in the place of the question mark; of two, without its outermost level. */
  private static String filled(String placed, String value) {
    return placed.replace("??", value.substring(1, value.length() - 1)).replace("?", value);
  }
}
