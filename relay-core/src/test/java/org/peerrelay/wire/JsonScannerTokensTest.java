package org.peerrelay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.DropReason;

/** The steps with which a decoder walks through a frame. */
class JsonScannerTokensTest {
  private static JsonScanner scanner(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new JsonScanner(bytes, 0, bytes.length);
  }

  @Test
  void peekingPassesWhiteSpaceOnly() {
    JsonScanner json = scanner(" \t\r\n[");

    assertEquals('[', json.peek());
    assertEquals('[', json.peek());
    assertEquals(4, json.position());
  }

  @Test
  void peekingAtTheEndTellsMinusOne() {
    assertEquals(-1, scanner(" ").peek());
  }

  @Test
  void peekingAtAByteBeyondAsciiTellsItWithoutSign() {
    assertEquals(0xc3, scanner("\u00fc").peek());
  }

  @Test
  void aTokenThatComesNextIsPassed() {
    JsonScanner json = scanner(" ,1");

    assertTrue(json.passes(','));
    assertEquals('1', json.peek());
  }

  @Test
  void anotherTokenIsNotPassed() {
    JsonScanner json = scanner(" ,1");

    assertFalse(json.passes('['));
    assertEquals(',', json.peek());
  }

  @Test
  void anExpectedTokenMustCome() {
    assertThrows(MalformedFrameException.class, () -> scanner("]").expect('['));
  }

  @Test
  void theExpectedEndMustCome() {
    assertThrows(MalformedFrameException.class, () -> scanner(" 1").expectEnd());
  }

  @Test
  void aPlainStringIsReadWithoutItsQuotes() throws Exception {
    JsonScanner json = scanner(" \"find Peers\":");

    assertEquals("find Peers", json.plainString(64));
    assertEquals(':', json.peek());
  }

  @Test
  void aPlainStringMayBeEmpty() throws Exception {
    assertEquals("", scanner("\"\"").plainString(0));
  }

  @Test
  void aPlainStringMayBeAsLongAsAllowed() throws Exception {
    assertEquals("abcd", scanner("\"abcd\"").plainString(4));
  }

  @ParameterizedTest
  @MethodSource("notPlain")
  void whatIsNoPlainStringIsUnfit(String text) {
    UnfitDatagramException refusal =
        assertThrows(UnfitDatagramException.class, () -> scanner(text).plainString(4));

    assertEquals(DropReason.MALFORMED, refusal.reason());
  }

  static Stream<Named<String>> notPlain() {
    return Stream.of(
        Named.of("longer", "\"abcde\""),
        Named.of("a number", "1"),
        Named.of("null", "null"),
        Named.of("an object", "{}"),
        Named.of("nothing", ""),
        Named.of("without end", "\"abc"),
        Named.of("a short escape", "\"\\n\""),
        Named.of("an escaped letter", "\"\\u0061\""),
        Named.of("beyond ASCII", "\"\u00fc\""),
        Named.of("a raw control character", "\"a\tb\""));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7,7", "10,10", "99,99", "255,255", "' 12',12", "'12,',12", "'12]',12"})
  void aSmallNumberIsRead(String text, int value) {
    assertEquals(value, scanner(text).smallNumber(255));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "256",
        "999",
        "2560",
        "99999999999999999999",
        "-1",
        "-0",
        "+1",
        "01",
        "00",
        "1.0",
        "1.5",
        "1e0",
        "1E2",
        "\"1\"",
        "null",
        "[1]"
      })
  void anotherNumberIsNotReadAndNotPassed(String text) {
    JsonScanner json = scanner(text);

    assertEquals(-1, json.smallNumber(255));
    assertEquals(0, json.position());
  }
}
