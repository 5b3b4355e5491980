package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.routing.AddressBlock;

/** Whom {@code X-Forwarded-For} makes the client, as 10.0.0.0/8 and 2001:db8::/32 are proxies. */
class TrustedProxiesTest {
  private static final TrustedProxies PROXIES =
      new TrustedProxies(
          List.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("2001:db8::/32")));
  private static final InetSocketAddress PROXY = new InetSocketAddress("10.0.0.1", 5_000);
  private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.9", 5_000);

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "203.0.113.7 > 203.0.113.7:0",
        "203.0.113.7:4711 > 203.0.113.7:4711",
        "2001:db7::7 > 2001:db7::7:0",
        "[2001:db7::7] > 2001:db7::7:0",
        "[2001:db7::7]:4711 > 2001:db7::7:4711",
        "::ffff:203.0.113.7 > 203.0.113.7:0",
        "198.51.100.66, 203.0.113.7 > 203.0.113.7:0",
        "198.51.100.66,203.0.113.7,10.1.1.1 > 203.0.113.7:0",
        "198.51.100.66, 203.0.113.7, 2001:db8::1, ::ffff:10.1.1.1 > 203.0.113.7:0",
        "garbage, 203.0.113.7 > 203.0.113.7:0",
        "10.2.2.2, 10.1.1.1 > 10.2.2.2:0",
      })
  void itIsTheLastWhoIsNoProxy(String field, String expected) {
    int colon = expected.lastIndexOf(':');
    int port = Integer.parseInt(expected.substring(colon + 1));
    InetSocketAddress client = new InetSocketAddress(expected.substring(0, colon), port);
    assertEquals(client, PROXIES.client(PROXY, List.of(field)));
  }

  @Test
  void severalFieldsAreOneList() {
    List<String> fields = List.of("198.51.100.66", "203.0.113.7", "10.1.1.1");
    assertEquals(new InetSocketAddress("203.0.113.7", 0), PROXIES.client(PROXY, fields));
    assertEquals(PROXY, PROXIES.client(PROXY, List.of("203.0.113.7", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "_hidden",
        "203.0.113.7,",
        "203.0.113.7, ,",
        "203.0.113",
        "203.0.113.7:",
        "203.0.113.7:http",
        "203.0.113.7:65536",
        "203.0.113.7:99999",
        "203.0.113.7:123456",
        "203.0.113.7:-1",
        "203.0.113.7 198.51.100.66",
        "\"203.0.113.7\"",
        "[203.0.113.7]",
        "[2001:db7::7",
        "2001:db7::7]",
        "[[2001:db7::7]]",
        "[2001:db7::7]4711",
        "[]",
        "[]:1",
        ":1",
        "fe80::1%eth0",
        "localhost",
        "relay.example:80",
        "for=203.0.113.7"
      })
  void whatIsNoAddressLeavesTheProxysOwn(String field) {
    assertEquals(PROXY, PROXIES.client(PROXY, List.of(field)));
  }

  @Test
  void whereAProxyBehindAProxySaysNothingItsOwnAddressCounts() {
    InetSocketAddress behind = new InetSocketAddress("10.1.1.1", 0);
    assertEquals(behind, PROXIES.client(PROXY, List.of("unknown, 10.1.1.1")));
  }

  @Test
  void nobodyElseIsAsked() {
    assertEquals(STRANGER, PROXIES.client(STRANGER, List.of("198.51.100.66")));
    assertEquals(STRANGER, PROXIES.client(STRANGER, List.of("198.51.100.66, 10.1.1.1")));
    assertEquals(PROXY, TrustedProxies.NONE.client(PROXY, List.of("198.51.100.66")));
  }

  @Test
  void aVeryLongListIsWalked() {
    String[] hops = new String[2_000];
    Arrays.fill(hops, "10.1.1.1");
    hops[0] = "203.0.113.7";
    InetSocketAddress client = new InetSocketAddress("203.0.113.7", 0);
    assertEquals(client, PROXIES.client(PROXY, List.of(hops)));
  }

  @Test
  void whoHasNoAddressIsNotTrusted() {
    assertTrue(PROXIES.trusts(PROXY));
    assertFalse(PROXIES.trusts(STRANGER));
    assertFalse(PROXIES.trusts(null));
    assertFalse(PROXIES.trusts(InetSocketAddress.createUnresolved("10.0.0.1", 1)));
  }
}
