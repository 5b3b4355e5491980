package org.peerrelay.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedTokenTest {
  @TempDir private Path folder;

  private SharedToken read(String text) throws IOException, AccessFileException {
    return SharedToken.read(Files.writeString(folder.resolve("token"), text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789abcdef", "0123456789abcdef\n", "  0123456789abcdef\r\n\n"})
  void itStandsAloneInItsFile(String text) throws Exception {
    SharedToken token = read(text);
    assertTrue(token.matches("0123456789abcdef"));
    assertFalse(token.matches("0123456789abcdeF"));
    assertFalse(token.matches("0123456789abcde"));
    assertFalse(token.matches(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "too-short", "0123456789 abcdef", "0123456789+abcdef", "0123456789abcdef\nx"})
  void whatIsNoneIsRefusedAndNotTold(String text) {
    String message =
        String.valueOf(assertThrows(AccessFileException.class, () -> read(text)).getMessage());
    assertTrue(message.startsWith(folder.resolve("token") + ": no token (expected: 16 "), message);
    assertTrue(text.isEmpty() || !message.contains(text), message);
  }

  @Test
  void onTheCommandLineItIsNotToldEither() {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> SharedToken.of("short"))
                .getMessage());
    assertEquals(-1, message.indexOf("short"));
  }
}
