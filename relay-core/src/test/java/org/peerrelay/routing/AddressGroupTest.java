package org.peerrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGroupTest {
  @ParameterizedTest
  @CsvSource({
    "198.51.100.1, 198.51.100.255",
    "198.51.100.1, ::ffff:198.51.100.7",
    "198.51.100.1, 64:ff9b::198.51.100.7",
    "2001:db8:1:2::3, 2001:db8:1:ffff::",
  })
  void onePrefixIsOneGroup(String one, String other) throws UnknownHostException {
    assertNotNull(group(one));
    assertEquals(group(one), group(other));
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1, 198.51.101.1",
    "198.51.100.1, 199.51.100.1",
    "2001:db8:1::, 2001:db8:2::",
    "2001:db8:1::, 2002:db8:1::",
  })
  void anotherPrefixIsAnotherGroup(String one, String other) throws UnknownHostException {
    assertNotEquals(group(one), group(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "10.1.2.3", "192.168.0.1", "fd00::1", "fe80::1"})
  void noGroupWithoutPublicAddress(String address) throws UnknownHostException {
    assertNull(group(address));
  }

  @ParameterizedTest
  @CsvSource({
    "ws://198.51.100.1:8080/a, 198.51.100.1",
    "wss://198.51.100.255, 198.51.100.1",
    "'ws://[2001:db8:1::7]:80', 2001:db8:1::",
    "'ws://[::ffff:198.51.100.1]', 198.51.100.1",
  })
  void aUrlWithAnAddressHasItsGroup(String url, String address) throws UnknownHostException {
    assertEquals(group(address), AddressGroup.ofUrl(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://relay.example",
        "ws://localhost:80",
        "ws://127.0.0.1",
        "ws://[::1]",
        "ws://198.51.100",
        "ws://198.51.100.256",
        "ws://198.51.100.01",
        "ws://198.51.100.1.",
        "ws://a.198.51.100.1",
        "ws://[2001:db8::",
        "nonsense",
        ""
      })
  void aUrlWithANameHasNone(String url) {
    assertNull(AddressGroup.ofUrl(url));
  }

  @Test
  void familiesDiffer() throws UnknownHostException {
    assertNotEquals(group("1.0.0.0"), group("0:1::"));
  }

  private static @Nullable AddressGroup group(String address) throws UnknownHostException {
    return AddressGroup.of(InetAddress.getByName(address));
  }
}
