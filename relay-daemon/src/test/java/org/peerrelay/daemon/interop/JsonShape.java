package org.peerrelay.daemon.interop;

import java.util.List;
import java.util.stream.Stream;

/**
 * A JSON value.
 *
 * @param text as a Java program may spell it
 * @param inJs as {@code JSON.stringify} spells it after {@code JSON.parse}
 */
record JsonShape(String text, String inJs) {
  private static final int SHOWN = 60;
  private static final int BIG = 60_000;

  /** Spelled by JavaScript as they stand here. */
  private static final List<String> SAME =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "1.5",
          "-0.001",
          "9007199254740991",
          "1e+308",
          "5e-324",
          "\"\"",
          "\"text\"",
          "\" \"",
          "\"12345678901234567890123456789012345678901234567890\"",
          "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\"",
          "\"Grüße, Ελλάδα, 世界, हिन्दी, עברית\"",
          "\"\uD83D\uDE00\uD835\uDD38\uDBFF\uDFFF\"",
          "\"\\ud800\"",
          "\"\\udfff\\ud800\"",
          "\"a\\udc00b\"",
          "\"\u2028\u2029\uFEFF\uFFFE\uFFFF\u007f\u0080\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "[{}]",
          "{\"\":\"\"}",
          "[0,\"1\",[2,[3,[4,[5]]]],{\"6\":{\"7\":[]}}]",
          "{\"a\":{\"b\":{\"c\":[{\"d\":null},true,[false]]}}}",
          "{\"__proto__\":{\"polluted\":true}}",
          "{\"constructor\":{\"prototype\":{\"polluted\":true}}}",
          "{\"toString\":1,\"valueOf\":null,\"hasOwnProperty\":\"\",\"toJSON\":{}}",
          "{\"Ключ\":\"\uD83D\uDD11\"}",
          "{\"type\":\"user\",\"data\":{\"type\":\"findPeers\",\"data\":null}}",
          "{\"to\":1,\"from\":null,\"path\":{},\"nonce\":[],\"data\":\"\"}",
          "{\"type\":\"Buffer\"}",
          "{\"type\":\"Buffer\",\"data\":\"AAECAw==\"}",
          "{\"type\":\"Buffer\",\"data\":[256]}",
          "{\"type\":\"Buffer\",\"data\":[-1]}",
          "{\"type\":\"Buffer\",\"data\":[1.5]}",
          "{\"type\":\"Buffer\",\"data\":[1],\"more\":true}",
          "[{\"type\":\"Buffer\",\"data\":[1,2,3]}]",
          "[".repeat(400) + "]".repeat(400),
          "{\"a\":".repeat(400) + "0" + "}".repeat(400),
          "\"" + "x".repeat(BIG) + "\"",
          "\"" + "\u00fc".repeat(BIG / 2) + "\"",
          "\"" + "\uD83D\uDE00".repeat(BIG / 4) + "\"",
          "[" + "0,".repeat(BIG / 2 - 1) + "0]");

  /** Spelled otherwise by JavaScript, which keeps numbers as doubles and few escapes. */
  private static final List<JsonShape> RESPELLED =
      List.of(
          new JsonShape("-0", "0"),
          new JsonShape("1e308", "1e+308"),
          new JsonShape("-1E+02", "-100"),
          new JsonShape("1.0", "1"),
          new JsonShape("0.1e1", "1"),
          new JsonShape("1e999", "null"),
          new JsonShape("123456789012345678901234567890", "1.2345678901234568e+29"),
          new JsonShape("9007199254740993", "9007199254740992"),
          new JsonShape("[ 1 ,\t2 ,\r\n{ \"a\" : \"b c\" } ]", "[1,2,{\"a\":\"b c\"}]"),
          new JsonShape("\"\\/\\u0041\\u00e9\\ud83d\\ude00\"", "\"/Aé\uD83D\uDE00\""),
          new JsonShape("{\"a\":1,\"a\":2}", "{\"a\":2}"),
          new JsonShape("{\"b\":1,\"1\":2}", "{\"1\":2,\"b\":1}"));

  static Stream<JsonShape> all() {
    return Stream.concat(SAME.stream().map(text -> new JsonShape(text, text)), RESPELLED.stream());
  }

  @Override
  public String toString() {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
