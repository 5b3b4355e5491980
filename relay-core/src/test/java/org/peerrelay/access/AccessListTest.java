package org.peerrelay.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;

class AccessListTest {
  private static final String ID = "00112233445566778899aabbccddeeff00112233";

  @TempDir private Path folder;

  private AccessList list(String text) throws IOException, AccessFileException {
    return AccessList.read(Files.writeString(folder.resolve("list"), text));
  }

  private String refusal(String text) {
    String message =
        String.valueOf(assertThrows(AccessFileException.class, () -> list(text)).getMessage());
    String file = folder.resolve("list").toString();
    assertTrue(message.startsWith(file), message);
    return message.substring(file.length());
  }

  private static InetAddress address(String text) throws IOException {
    return InetAddress.getByName(text);
  }

  @Test
  void itHasIdsAddressesAndBlocks() throws Exception {
    AccessList list =
        list(
            """
            # ours

              %s   # Alice
            192.0.2.7
            198.51.100.0/25#half of it
            2001:db8:1::/48
            ::ffff:203.0.113.9
            """
                .formatted(ID.toUpperCase(Locale.ROOT)));
    assertTrue(list.hasIds());
    assertTrue(list.has(PeerId.ofHex(ID)));
    assertFalse(list.has(PeerId.ofHex("11" + ID.substring(2))));
    for (String in :
        new String[] {
          "192.0.2.7", "198.51.100.0", "198.51.100.127", "2001:db8:1::5", "203.0.113.9"
        }) {
      assertTrue(list.has(address(in)), in);
    }
    for (String out :
        new String[] {"192.0.2.8", "198.51.100.128", "2001:db8:2::5", "::192.0.2.7", "::1"}) {
      assertFalse(list.has(address(out)), out);
    }
  }

  @Test
  void aBlockOfNoBitsIsEverythingOfItsFamily() throws Exception {
    assertTrue(list("0.0.0.0/0").has(address("203.0.113.9")));
    assertFalse(list("0.0.0.0/0").has(address("2001:db8::1")));
    assertTrue(list("::/0").has(address("2001:db8::1")));
    assertFalse(list("::/0").has(address("203.0.113.9")));
  }

  @Test
  void nobodyIsInAnEmptyFile() throws Exception {
    AccessList list = list("# nobody\n");
    assertFalse(list.hasIds());
    assertFalse(list.has(address("127.0.0.1")));
    assertFalse(list.has((InetAddress) null));
    assertFalse(list.has((PeerId) null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relay.example",
        "10.0.0.1/8",
        "10.0.0.0/33",
        "10.0.0.0/",
        "fe80::1%eth0",
        "00112233445566778899aabbccddeeff0011223",
        "10.0.0.1 10.0.0.2",
        "010.0.0.1"
      })
  void aLineThatMeansNothingIsToldWithItsPlace(String line) {
    String told = refusal("# one\n127.0.0.1\n" + line + " # two\n");
    assertTrue(told.startsWith(":3: '" + line + "' (expected: an id of 40 "), told);
  }

  @Test
  void aLongLineIsToldInPart() {
    assertTrue(refusal("x".repeat(10_000)).length() < 300);
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    String many =
        IntStream.rangeClosed(0, AccessList.MAX_ENTRIES)
            .mapToObj(i -> "10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255))
            .collect(Collectors.joining("\n"));
    assertEquals(": 100001 entries (expected: at most 100000)", refusal(many));
    assertEquals(
        ": too large (expected: at most 8388608 bytes)",
        refusal("#\n".repeat(AccessList.MAX_BYTES / 2) + "#"));
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    Path missing = folder.resolve("missing");
    assertEquals(
        missing + ": cannot be read (No such file or directory)",
        assertThrows(AccessFileException.class, () -> AccessList.read(missing)).getMessage());
  }
}
