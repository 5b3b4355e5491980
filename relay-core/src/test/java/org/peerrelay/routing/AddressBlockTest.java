package org.peerrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0",
    "10.0.0.0/8, 10.255.255.255",
    "10.0.0.0/8, ::ffff:10.1.2.3",
    "::ffff:10.0.0.0/104, 10.1.2.3",
    "::ffff:0:0/96, 203.0.113.1",
    "192.0.2.128/25, 192.0.2.128",
    "192.0.2.128/25, 192.0.2.255",
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "0.0.0.0/0, 203.0.113.1",
    "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8:8000::/33, 2001:db8:8000::",
    "::1, 0:0:0:0:0:0:0:1",
    "::/0, 2001:db8::",
  })
  void whatHasThePrefixIsInside(String block, String address) throws UnknownHostException {
    assertTrue(AddressBlock.parse(block).contains(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 9.255.255.255",
    "10.0.0.0/8, 11.0.0.0",
    "192.0.2.128/25, 192.0.2.127",
    "192.0.2.7, 192.0.2.6",
    "::ffff:10.0.0.0/104, 11.0.0.0",
    "0.0.0.0/0, ::",
    "::/0, 10.0.0.1",
    "::/0, ::ffff:10.0.0.1",
    "2001:db8:8000::/33, 2001:db8::",
    "a00::/8, 10.0.0.1",
  })
  void allElseIsOutside(String block, String address) throws UnknownHostException {
    assertFalse(AddressBlock.parse(block).contains(InetAddress.getByName(address)));
  }

  /** Java itself turns mapped addresses into IPv4, but for those with a scope. */
  @Test
  void aMappedAddressThatJavaHasLeftSoIsTheIpv4Address() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    bytes[12] = 10;
    Inet6Address mapped = Inet6Address.getByAddress(null, bytes, 1);
    assertTrue(AddressBlock.parse("10.0.0.0/8").contains(mapped));
    assertFalse(AddressBlock.parse("::/0").contains(mapped));
    assertEquals(AddressBlock.parse("10.0.0.0"), new AddressBlock(mapped, 32));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "relay.example",
        "localhost/8",
        "face",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "10.0.0.1/8",
        "10.0.0",
        "10.0.0.00",
        "10.0.0.256",
        " 10.0.0.0",
        "::ffff:10.0.0.0/95",
        "2001:db8::/129",
        "2001:db8::1/32",
        "2001:db8:::/32",
        "[2001:db8::]/32",
        "fe80::1%eth0",
        "10.0.0.1:80",
        "*"
      })
  void whatIsNoBlockIsToldInOneLine(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> AddressBlock.parse(text));
    assertEquals(
        "'"
            + text
            + "' (expected: an address, or a block with zeros behind its prefix, as 10.0.0.0/8 or"
            + " 2001:db8::/32)",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8",
    "192.0.2.7, 192.0.2.7/32",
    "::ffff:10.0.0.0/104, 10.0.0.0/8",
    "2001:db8::/32, 2001:db8:0:0:0:0:0:0/32",
  })
  void itIsWrittenSoThatItCanBeReadAgain(String block, String written) {
    assertEquals(written, AddressBlock.parse(block).toString());
    assertEquals(AddressBlock.parse(block), AddressBlock.parse(written));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7/32",
    "::ffff:192.0.2.7, 192.0.2.7/32",
    "2001:db8:0:1::7, 2001:db8:0:1:0:0:0:0/64",
  })
  void aClientIsOneAddressOrANetworkOfSixtyFourBits(String address, String block)
      throws UnknownHostException {
    assertEquals(block, AddressBlock.ofClient(InetAddress.getByName(address)).toString());
  }
}
