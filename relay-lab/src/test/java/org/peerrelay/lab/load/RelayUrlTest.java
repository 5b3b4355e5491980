package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayUrlTest {
  @ParameterizedTest
  @CsvSource({
    "ws://Host:8000, host:8000, Host:8000, /",
    "ws://host, host:80, host, /",
    "wss://host, host:443, host, /",
    "wss://host:443/a%20b?c=%64, host:443, host:443, /a%20b?c=%64",
    "ws://host?q#f, host:80, host, /?q",
    "ws://[::1]:9, [::1]:9, [::1]:9, /",
    "ws://user:word@host:9, host:9, host:9, /",
  })
  void saysWhatHandshakesAskFor(String url, String authority, String hostHeader, String path) {
    RelayUrl parts = RelayUrl.of(url);

    assertEquals(authority, parts.authority());
    assertEquals(hostHeader, parts.hostHeader());
    assertEquals(path, parts.path());
  }

  @Test
  void refusesWhatCannotBeDialed() {
    assertThrows(IllegalArgumentException.class, () -> RelayUrl.of("http://host"));
  }
}
