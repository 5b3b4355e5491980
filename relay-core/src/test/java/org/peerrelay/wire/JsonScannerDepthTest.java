package org.peerrelay.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.message.DropReason;

class JsonScannerDepthTest {
  /** A way to nest: what opens a level, what stands inside the last, and what closes a level. */
  record Nesting(String opening, String core, String closing) {
    String of(int levels) {
      return opening.repeat(levels) + core + closing.repeat(levels);
    }
  }

  static Stream<Named<Nesting>> nestings() {
    return Stream.of(
        Named.of("arrays", new Nesting("[", "1", "]")),
        Named.of("arrays around nothing", new Nesting("[", "", "]")),
        Named.of("arrays with more beside", new Nesting("[0,", "1", ",2]")),
        Named.of("objects", new Nesting("{\"a\":", "1", "}")),
        Named.of("objects with more beside", new Nesting("{\"b\":0,\"a\":", "1", ",\"c\":2}")));
  }

  @ParameterizedTest
  @MethodSource("nestings")
  void fewerLevelsThanAllowed(Nesting nesting) {
    assertDoesNotThrow(() -> WholeText.scan(nesting.of(JsonScanner.MAX_DEPTH - 1)));
  }

  @ParameterizedTest
  @MethodSource("nestings")
  void asManyLevelsAsAllowed(Nesting nesting) {
    assertDoesNotThrow(() -> WholeText.scan(nesting.of(JsonScanner.MAX_DEPTH)));
  }

  @ParameterizedTest
  @MethodSource("nestings")
  void oneLevelTooMany(Nesting nesting) {
    assertTooDeep(nesting.of(JsonScanner.MAX_DEPTH + 1));
  }

  @Test
  void anEmptyObjectIsALevelToo() {
    assertTooDeep(new Nesting("[", "{}", "]").of(JsonScanner.MAX_DEPTH));
  }

  @ParameterizedTest
  @MethodSource("nestings")
  void twoHundredThousandLevelsAreRefusedAtOnce(Nesting nesting) {
    String text = nesting.of(200_000);

    assertTimeout(Duration.ofSeconds(1), () -> assertTooDeep(text));
  }

  @Test
  void twoHundredThousandLevelsThatNeverCloseAreRefusedAtOnce() {
    assertTimeout(Duration.ofSeconds(1), () -> assertTooDeep("[".repeat(200_000)));
  }

  @Test
  void aDeepValueAfterAnotherDeepValueMayBeAsDeep() {
    String deep = new Nesting("[", "{\"a\":[]}", "]").of(JsonScanner.MAX_DEPTH - 3);

    assertDoesNotThrow(() -> WholeText.scan("[" + deep + ",{\"a\":1}," + deep + "]"));
  }

  @Test
  void bracketsThatCloseAreToldApartAcrossSixtyFourLevels() {
    String opening = "[{\"a\":".repeat(100);
    String closing = "}]".repeat(100);

    assertDoesNotThrow(() -> WholeText.scan(opening + "1" + closing));
    for (int i = 0; i < closing.length(); i++) {
      char wrong = closing.charAt(i) == ']' ? '}' : ']';
      String text = opening + "1" + closing.substring(0, i) + wrong + closing.substring(i + 1);
      assertThrows(MalformedFrameException.class, () -> WholeText.scan(text), "bracket " + i);
    }
  }

  private static void assertTooDeep(String text) {
    UnfitDatagramException refusal =
        assertThrows(UnfitDatagramException.class, () -> WholeText.scan(text));
    assertEquals(DropReason.TOO_DEEP, refusal.reason());
  }
}
