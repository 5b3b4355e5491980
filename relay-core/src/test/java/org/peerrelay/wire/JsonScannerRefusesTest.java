package org.peerrelay.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no JSON text; each case breaks one rule. */
class JsonScannerRefusesTest {
  private static final String DOCUMENT =
      "{\"a\":[1,-2.5e+10,true,false,null],\"\\u00fc\\n\":{\"\":\"\u4e16\"},\"b\":[{},[]]}";

  @ParameterizedTest
  @MethodSource({"values", "numbers", "strings", "arrays", "objects", "ends"})
  void whatIsNoJson(String text) {
    assertThrows(MalformedFrameException.class, () -> WholeText.scan(text));
  }

  static Stream<Named<String>> values() {
    return Stream.of(
        Named.of("nothing", ""),
        Named.of("white space only", " \t\r\n"),
        Named.of("a word cut short", "tru"),
        Named.of("a word with capitals", "True"),
        Named.of("a word run on", "nullx"),
        Named.of("two words at once", "truefalse"),
        Named.of("JavaScript's undefined", "undefined"),
        Named.of("a byte order mark in front", "\ufeff{}"),
        Named.of("a no-break space in front", "\u00a0{}"),
        Named.of("a vertical tab in front", "\u000b{}"),
        Named.of("a NUL in front", "\u0000{}"),
        Named.of("a comment", "/* */1"),
        Named.of("a closing bracket", "]"),
        Named.of("a closing brace", "}"),
        Named.of("a comma", ","),
        Named.of("a colon", ":"));
  }

  static Stream<Named<String>> numbers() {
    return Stream.of(
        Named.of("a leading zero", "01"),
        Named.of("a leading zero after minus", "-01"),
        Named.of("two zeros", "00"),
        Named.of("plus", "+1"),
        Named.of("minus alone", "-"),
        Named.of("two minuses", "--1"),
        Named.of("no digits before the point", ".5"),
        Named.of("no digits after the point", "1."),
        Named.of("no digits between point and exponent", "1.e5"),
        Named.of("no exponent", "1e"),
        Named.of("no digits in the exponent", "1e+"),
        Named.of("two signs in the exponent", "1e+-5"),
        Named.of("a fraction in the exponent", "1e1.5"),
        Named.of("two points", "1.2.3"),
        Named.of("hexadecimal", "0x10"),
        Named.of("not a number", "NaN"),
        Named.of("infinity", "-Infinity"),
        Named.of("a space inside", "1 2"),
        Named.of("letters after it", "12a"),
        Named.of("digits of another script", "\u0661"));
  }

  static Stream<Named<String>> strings() {
    return Stream.of(
        Named.of("no end", "\"abc"),
        Named.of("no end after an escaped quote", "\"abc\\\""),
        Named.of("single quotes", "'abc'"),
        Named.of("an unknown escape", "\"\\x\""),
        Named.of("an escape in capitals", "\"\\N\""),
        Named.of("an escaped control character", "\"\\\n\""),
        Named.of("an escaped character beyond ASCII", "\"\\\u00fc\""),
        Named.of("an end within an escape", "\"\\"),
        Named.of("three hexadecimal digits", "\"\\u00a\""),
        Named.of("no hexadecimal digits", "\"\\u\""),
        Named.of("other than hexadecimal digits", "\"\\u00g0\""),
        Named.of("a sign among hexadecimal digits", "\"\\u+0ff\""),
        Named.of("full-width hexadecimal digits", "\"\\u\uff11\uff11\uff11\uff11\""),
        Named.of("an end within hexadecimal digits", "\"\\u00"));
  }

  static Stream<Named<String>> arrays() {
    return Stream.of(
        Named.of("no end", "["),
        Named.of("no end after a value", "[1"),
        Named.of("no end after a comma", "[1,"),
        Named.of("a comma before the end", "[1,]"),
        Named.of("a comma only", "[,]"),
        Named.of("two commas", "[1,,2]"),
        Named.of("no comma", "[1 2]"),
        Named.of("a colon", "[\"a\":1]"),
        Named.of("the end of an object", "[1}"),
        Named.of("the end of an object where it is empty", "[}"),
        Named.of("an inner array without end", "[[1]"));
  }

  static Stream<Named<String>> objects() {
    return Stream.of(
        Named.of("no end", "{"),
        Named.of("no end after a name", "{\"a\""),
        Named.of("no end after a colon", "{\"a\":"),
        Named.of("no end after a value", "{\"a\":1"),
        Named.of("no end after a comma", "{\"a\":1,"),
        Named.of("a comma before the end", "{\"a\":1,}"),
        Named.of("a comma only", "{,}"),
        Named.of("two commas", "{\"a\":1,,\"b\":2}"),
        Named.of("no comma", "{\"a\":1 \"b\":2}"),
        Named.of("no colon", "{\"a\" 1}"),
        Named.of("two colons", "{\"a\"::1}"),
        Named.of("no value", "{\"a\":}"),
        Named.of("no name", "{:1}"),
        Named.of("a name without quotes", "{a:1}"),
        Named.of("a number as a name", "{1:1}"),
        Named.of("an object as a name", "{{}:1}"),
        Named.of("a name alone", "{\"a\"}"),
        Named.of("a broken name", "{\"\\x\":1}"),
        Named.of("the end of an array", "{\"a\":1]"),
        Named.of("the end of an array where it is empty", "{]"),
        Named.of("the ends of two in the wrong order", "{\"a\":[1}]"));
  }

  static Stream<Named<String>> ends() {
    return Stream.of(
        Named.of("a second value", "{}{}"),
        Named.of("a second value after white space", "1 1"),
        Named.of("a closing bracket too many", "[]]"),
        Named.of("a closing brace too many", "{}}"),
        Named.of("a comma after it", "{},"),
        Named.of("a NUL after it", "{}\u0000"));
  }

  @ParameterizedTest(name = "0x{0}")
  @MethodSource("controlCharacters")
  void aRawControlCharacterInAString(String hex) {
    String text = "\"a" + (char) Integer.parseInt(hex, 16) + "b\"";

    assertThrows(MalformedFrameException.class, () -> WholeText.scan(text));
  }

  static Stream<String> controlCharacters() {
    return IntStream.range(0, 0x20).mapToObj(Integer::toHexString);
  }

  @ParameterizedTest(name = "the first {0} bytes")
  @MethodSource("lengths")
  void aDocumentCutShort(int length) {
    byte[] cut = Arrays.copyOf(DOCUMENT.getBytes(StandardCharsets.UTF_8), length);

    assertThrows(MalformedFrameException.class, () -> WholeText.scan(cut));
  }

  static IntStream lengths() {
    return IntStream.range(0, DOCUMENT.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void theDocumentThatWasCutIsWholeOtherwise() {
    assertDoesNotThrow(() -> WholeText.scan(DOCUMENT));
  }

  @Test
  void theErrorSaysWhereItIsAndWhatWasFoundAndExpected() {
    Exception refusal =
        assertThrows(MalformedFrameException.class, () -> WholeText.scan("{\"a\" 1}"));

    assertEquals("JSON at byte 5: 0x31 (expected: ':')", refusal.getMessage());
  }

  @Test
  void theErrorAtTheEndSaysSo() {
    Exception refusal = assertThrows(MalformedFrameException.class, () -> WholeText.scan("[1"));

    assertEquals("JSON at byte 2: end of text (expected: ']')", refusal.getMessage());
  }

  @Test
  void refusingCostsNoStackTrace() {
    Exception refusal = assertThrows(MalformedFrameException.class, () -> WholeText.scan("["));

    assertEquals(0, refusal.getStackTrace().length);
  }
}
