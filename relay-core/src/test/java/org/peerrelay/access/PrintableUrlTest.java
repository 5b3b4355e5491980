package org.peerrelay.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableUrlTest {
  @ParameterizedTest
  @CsvSource({
    "'',''",
    "x,x",
    "ws://a b:1/c,ws://a b:1/c",
    "ws://a/?,ws://a/?",
    "ws://a/b?token=secret,ws://a/b?...",
    "ws//a?token=secret#x,ws//a?...",
    "ws://a/#secret,ws://a/#...",
    "http://ann:secret@a/b,http://...",
    "http://ann:sec/ret?@a/b,http://...",
    "ann:secret@a,...",
    "ws://a/?token=sec@ret,ws://..."
  })
  void neitherUsersNorQueriesAreShown(String url, String shown) {
    assertEquals(shown, PrintableUrl.of(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ws://a/?token=sec\nret", "ws://a\n/?token=secret", "ws://ann:sec\nret@a"})
  void severalLinesMakeNoDifference(String url) {
    assertEquals(-1, PrintableUrl.of(url).indexOf("ret"));
  }
}
