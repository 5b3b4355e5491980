package org.peerrelay.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that RFC 8259 calls a JSON text. */
class JsonScannerAcceptsTest {
  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "false", "0", "\"\"", "{}", "[]"})
  void theSimplestValueOfEachType(String text) {
    assertDoesNotThrow(() -> WholeText.scan(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0",
        "7",
        "-7",
        "10",
        "1234567890123456789012345678901234567890",
        "0.0",
        "0.5",
        "-0.05",
        "10.010",
        "1e5",
        "1E5",
        "1e+5",
        "1e-5",
        "0e0",
        "-0E-0",
        "0.0e00",
        "1.5e300",
        "1e999999"
      })
  void numbersOfEveryForm(String text) {
    assertDoesNotThrow(() -> WholeText.scan(text));
  }

  @ParameterizedTest
  @MethodSource("strings")
  void stringsOfEveryForm(String text) {
    assertDoesNotThrow(() -> WholeText.scan(text));
  }

  static Stream<Named<String>> strings() {
    return Stream.of(
        Named.of("plain", "\"a b\""),
        Named.of("all short escapes", "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\""),
        Named.of("a hexadecimal escape in capitals", "\"\\u00AF\""),
        Named.of("a hexadecimal escape in small letters", "\"\\u00af\""),
        Named.of("an escaped NUL", "\"\\u0000\""),
        Named.of("an escaped half of a surrogate pair", "\"\\ud800\""),
        Named.of("DEL, which is no control character to JSON", "\"\u007f\""),
        Named.of("two, three and four bytes of UTF-8", "\"\u00fc \u4e16 \ud83d\ude00\""),
        Named.of("JavaScript's line separators", "\"\u2028\u2029\""),
        Named.of("a byte order mark inside", "\"\ufeff\""),
        Named.of("brackets and colons", "\"{[:,]}\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "[1,2,3]",
        "[[],[[]],{}]",
        "[null,true,false,1,\"\",{},[]]",
        "{\"a\":1}",
        "{\"\":0}",
        "{\"a\":1,\"b\":{\"c\":[{}]}}",
        "{\"a\":[1,{\"b\":[]}],\"c\":{\"d\":{}}}",
        "{\"a\":1,\"a\":2}",
        "{\"\\u0061\":1}"
      })
  void arraysAndObjects(String text) {
    assertDoesNotThrow(() -> WholeText.scan(text));
  }

  @Test
  void whiteSpaceBetweenAllTokens() {
    assertDoesNotThrow(
        () -> WholeText.scan(" \t\r\n{ \"a\" : [ 1 , { } , [ ] ] ,\n\"b\"\t:\rnull } "));
  }

  @Test
  void anArrayOfAHundredThousandObjects() {
    assertDoesNotThrow(() -> WholeText.scan("[" + "{\"a\":[0]},".repeat(100_000) + "0]"));
  }

  @Test
  void onlyTheBytesBetweenStartAndEndAreRead() throws Exception {
    byte[] text = "]]]{\"a\":1}]]]".getBytes(StandardCharsets.UTF_8);
    JsonScanner json = new JsonScanner(text, 3, text.length - 3);

    json.skipValue();
    json.expectEnd();

    assertEquals(text.length - 3, json.position());
  }

  @Test
  void aValueInTheMiddleIsPassedUpToItsEnd() throws Exception {
    byte[] text = "[1, {\"a\":[true]} ,2]".getBytes(StandardCharsets.UTF_8);
    JsonScanner json = new JsonScanner(text, 3, text.length);

    json.skipValue();

    assertEquals("[1, {\"a\":[true]}".length(), json.position());
  }
}
