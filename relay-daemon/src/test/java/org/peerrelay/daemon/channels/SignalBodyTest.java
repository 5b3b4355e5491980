package org.peerrelay.daemon.channels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.daemon.http.ProblemException;

/** What posted bodies mean. */
class SignalBodyTest {
  private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";
  private static final String JSON = "application/json";

  private static SignalBody read(String type, String body) throws ProblemException {
    return SignalBody.read(type, body.getBytes(UTF_8));
  }

  private static void assertUnreadable(String type, String body) {
    ProblemException refused = assertThrows(ProblemException.class, () -> read(type, body));
    assertEquals("unreadable-body", refused.problem().reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data=x | \"x\"",
        "data= | \"\"",
        "data | \"\"",
        "data=1&data=2 | [\"1\",\"2\"]",
        "data[x][y]=1 | {\"x\":{\"y\":\"1\"}}",
        "data%5Bx%5D=a+b%26c | {\"x\":\"a b&c\"}",
        "data[x]=1&token=t&data[y]= | {\"x\":\"1\",\"y\":\"\"}",
        "data[a][0]=x&data[a][1]=y | {\"a\":[\"x\",\"y\"]}",
        "data[a][1]=y&data[a][0]=x | {\"a\":[\"x\",\"y\"]}",
        "data[a][]=x&data[a][]=y | {\"a\":[\"x\",\"y\"]}",
        "data[]=x | [\"x\"]",
        "data[0][b]=1&data[0][c]=2&data[1][b]=3 | [{\"b\":\"1\",\"c\":\"2\"},{\"b\":\"3\"}]",
        "data[5]=x&data[9]=y | [\"x\",\"y\"]",
        "data[01]=x | {\"01\":\"x\"}",
        "data[0]=x&data[y]=z | {\"0\":\"x\",\"y\":\"z\"}",
        "data[]=x&data[y]=z | {\"0\":\"x\",\"y\":\"z\"}",
        "data[99999999999]=x | {\"99999999999\":\"x\"}",
        "data[__proto__]=x | {\"__proto__\":\"x\"}",
        "data[x]=%F0%9F%90%99 | {\"x\":\"\\uD83D\\uDC19\"}",
        "&&data=x& | \"x\""
      })
  void formsNestByBrackets(String form, String data) throws ProblemException {
    assertEquals(data, read(FORM, form).data());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data=%",
        "data=%zz",
        "data=1&data[x]=2",
        "data[x]=1&data=2",
        "data[x=1",
        "data[x]y=1"
      })
  void formsThatContradictThemselvesAreUnreadable(String form) {
    assertUnreadable(FORM, form);
  }

  @Test
  void aFormHasTokenAndCid() throws ProblemException {
    assertEquals(new SignalBody("t", "\"x\"", "c"), read(FORM, "cid=c&data=x&token=t"));
    assertEquals(new SignalBody(null, null, null), read(FORM, "token[a]=t&cid="));
  }

  @Test
  void aLongArrayStaysOne() throws ProblemException {
    String form =
        IntStream.range(0, 500)
            .mapToObj(i -> "data[a][" + i + "]=" + i)
            .collect(Collectors.joining("&"));
    String items =
        IntStream.range(0, 500).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
    assertEquals("{\"a\":[" + items + "]}", read(FORM, form).data());
  }

  @Test
  void tenThousandKeysAndTenThousandBracketsAreUnreadable() {
    String keys =
        IntStream.range(0, 10_000).mapToObj(i -> "k" + i + "=").collect(Collectors.joining("&"));
    assertUnreadable(FORM, keys);
    assertUnreadable(FORM, "data" + "[x]".repeat(10_000) + "=1");
    assertUnreadable(FORM, "data" + "[".repeat(10_000) + "]".repeat(10_000) + "=1");
    assertUnreadable(JSON, "{\"data\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
    assertUnreadable(JSON, "{\"x\":" + "{\"x\":".repeat(10_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ \"a\" : [ 1 , 2.50, 1e999, -0, null, true ] } | {\"a\":[1,2.50,1e999,-0,null,true]}",
        "12345678901234567890123 | 12345678901234567890123",
        "\"a: b\" | \"a\\u003a b\"",
        "{\": \":\":: \"} | {\"\\u003a \":\":\\u003a \"}",
        "\"a\\n\\nb\\u0001\" | \"a\\n\\nb\\u0001\"",
        "\"\\ud800\" | \"\\uD800\"",
        "\"\u043f\" | \"\\u043F\"",
        "false | false",
        "\"\" | \"\""
      })
  void jsonIsWrittenForTheWire(String data, String expected) throws ProblemException {
    String body = "{\"other\":{\"data\":[7]},\"data\":" + data + ",\"token\":\"t\"}";
    String written = read(JSON, body).data();
    assertEquals(expected, written);
    assertFalse(String.valueOf(written).contains(": "));
  }

  @Test
  void aCidThatIsNoTextIsNobodys() throws ProblemException {
    assertEquals("-", read(JSON, "{\"cid\":5}").cid());
    assertNull(read(JSON, "{\"cid\":null}").cid());
    assertNull(read(JSON, "{\"cid\":\"\"}").cid());
    assertNull(read(JSON, "{\"token\":555,\"data\":null}").token());
    assertNull(read(JSON, "{\"token\":555,\"data\":null}").data());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "[]", "{", "{}x", "{} {}", "{\"data\":}", "{\"data\":1,}", "null"})
  void whatIsNoJsonObjectIsUnreadable(String body) {
    assertUnreadable(JSON, body);
  }

  @Test
  void otherTypesAreUnreadable() {
    assertUnreadable("text/plain", "data=x");
    assertUnreadable("multipart/form-data; boundary=x", "--x");
  }

  @Test
  void randomFormsAreReadOrRefused() {
    long seed = 5;
    Random random = new Random(seed);
    String[] pieces = {"data", "[", "]", "=", "&", "%5B", "%5D", "%", "0", "1", "a", "+", "\u043f"};
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      String form =
          random
              .ints(random.nextInt(30), 0, pieces.length)
              .mapToObj(piece -> pieces[piece])
              .collect(Collectors.joining());
      try {
        String data = read(FORM, "data=x&" + form).data();
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(String.valueOf(data)), form);
        read++;
      } catch (ProblemException refused) {
        assertEquals("unreadable-body", refused.problem().reason());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", form " + form, e);
      }
    }
    assertTrue(read > 100, "read " + read);
  }
}
