package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  private static final AllowedOrigins LISTED =
      new AllowedOrigins(
          Set.of("https://App.example:443", "http://app.example:8080", "http://[2001:DB8::1]"));

  private static HttpHeaders from(String... origins) {
    return new DefaultHttpHeaders().add("Origin", List.of(origins));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example",
        "HTTPS://APP.EXAMPLE",
        "https://app.example:443",
        "http://app.example:8080",
        "http://[2001:db8::1]",
        "http://[2001:db8::1]:80"
      })
  void whatIsListedMayComeAndRead(String origin) {
    assertTrue(LISTED.admit(from(origin)));
    assertEquals(origin, LISTED.readers(from(origin)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://app.example",
        "https://app.example:8443",
        "https://app.example.evil.example",
        "https://evil.example",
        "https://evilapp.example",
        "https://sub.app.example",
        "https://app.example/",
        "https://app.example https://evil.example",
        "wss://app.example",
        "https://app.example.",
        "https://user@app.example",
        "app.example",
        "null",
        "*",
        ""
      })
  void nothingElseMay(String origin) {
    assertFalse(LISTED.admit(from(origin)));
    assertNull(LISTED.readers(from(origin)));
  }

  @Test
  void severalOriginsMustAllBeListed() {
    assertFalse(LISTED.admit(from("https://app.example", "https://evil.example")));
    assertTrue(LISTED.admit(from("https://app.example", "http://app.example:8080")));
  }

  @Test
  void whoIsNoBrowserMayComeButNoScriptReads() {
    assertTrue(LISTED.admit(from()));
    assertNull(LISTED.readers(from()));
  }

  @Test
  void pagesWithoutOriginCanBeListed() {
    AllowedOrigins opaque = new AllowedOrigins(Set.of("null"));
    assertTrue(opaque.admit(from("null")));
    assertFalse(opaque.admit(from("https://app.example")));
  }

  @Test
  void withoutListAllMay() {
    assertTrue(AllowedOrigins.ALL.admit(from("https://evil.example")));
    assertTrue(AllowedOrigins.ALL.admit(from("null")));
    assertEquals("*", AllowedOrigins.ALL.readers(from("https://evil.example")));
    assertEquals("*", AllowedOrigins.ALL.readers(from()));
  }

  @ParameterizedTest
  @CsvSource({
    "https://App.Example:443, https://app.example",
    "http://app.example:80, http://app.example",
    "http://app.example:443, http://app.example:443",
    "chrome-extension://abcdef, chrome-extension://abcdef",
    "NULL, null"
  })
  void itIsWrittenAsBrowsersDo(String origin, String written) {
    assertEquals(written, AllowedOrigins.check(origin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "app.example",
        "https://",
        "https://app.example/",
        "https://app.example/path",
        "https://app.example:",
        "https://app.example:https",
        "https://*.app.example",
        "https://app.example?x",
        "https://b\u00fccher.example",
        ""
      })
  void whatIsNoOriginIsToldInOneLine(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> AllowedOrigins.check(text));
    assertEquals(
        "'" + text + "' (expected: https://HOST or https://HOST:PORT without a path, or null)",
        refused.getMessage());
  }
}
