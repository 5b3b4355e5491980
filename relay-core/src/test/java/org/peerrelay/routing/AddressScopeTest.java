package org.peerrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.peerrelay.routing.AddressScope.LOOPBACK;
import static org.peerrelay.routing.AddressScope.NONE;
import static org.peerrelay.routing.AddressScope.PRIVATE;
import static org.peerrelay.routing.AddressScope.PUBLIC;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressScopeTest {
  private static void assertScope(AddressScope expected, String... literals)
      throws UnknownHostException {
    for (String literal : literals) {
      assertEquals(expected, AddressScope.of(InetAddress.getByName(literal)), literal);
    }
  }

  /** An address as a resolver makes it that keeps IPv4 addresses inside IPv6 as they are. */
  private static Inet6Address ipv6(int... bytes16) throws UnknownHostException {
    byte[] bytes = new byte[16];
    for (int i = 0; i < 16; i++) {
      bytes[i] = (byte) bytes16[i];
    }
    // With a scope id Java does not turn it into an Inet4Address.
    return assertInstanceOf(Inet6Address.class, Inet6Address.getByAddress(null, bytes, 1));
  }

  private static Inet6Address mapped(String ipv4) throws UnknownHostException {
    byte[] b = InetAddress.getByName(ipv4).getAddress();
    return ipv6(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, b[0], b[1], b[2], b[3]);
  }

  private static Inet6Address translated(String ipv4) throws UnknownHostException {
    byte[] b = InetAddress.getByName(ipv4).getAddress();
    return ipv6(0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, b[0], b[1], b[2], b[3]);
  }

  @Test
  void thisMachine() throws UnknownHostException {
    assertScope(LOOPBACK, "127.0.0.1", "127.0.0.0", "127.255.255.255", "::1");
  }

  @Test
  void privateNetworks() throws UnknownHostException {
    assertScope(PRIVATE, "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255");
    assertScope(PRIVATE, "192.168.0.0", "192.168.255.255");
    assertScope(PUBLIC, "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0");
    assertScope(PUBLIC, "192.167.255.255", "192.169.0.0");
  }

  @Test
  void theSharedAddressSpaceOfProviders() throws UnknownHostException {
    assertScope(PRIVATE, "100.64.0.0", "100.100.100.100", "100.127.255.255");
    assertScope(PUBLIC, "100.63.255.255", "100.128.0.0", "101.64.0.0");
  }

  @Test
  void linkLocalAddresses() throws UnknownHostException {
    assertScope(PRIVATE, "169.254.0.0", "169.254.169.254", "169.254.255.255");
    assertScope(PRIVATE, "fe80::", "fe80::1", "febf:ffff::1");
    assertScope(PUBLIC, "169.253.255.255", "169.255.0.0");
  }

  @Test
  void uniqueAndSiteLocalIpv6() throws UnknownHostException {
    assertScope(PRIVATE, "fc00::", "fc00::1", "fd12:3456::1", "fdff:ffff::1", "fec0::1");
    assertScope(PUBLIC, "fbff::1", "2001:db8::1", "2606:4700::1111");
  }

  @Test
  void addressesOfNobodyInParticular() throws UnknownHostException {
    assertScope(NONE, "0.0.0.0", "0.0.0.1", "0.255.255.255", "::", "255.255.255.255");
    assertScope(NONE, "224.0.0.0", "239.255.255.255", "ff00::", "ff02::1", "ff0e::1");
    assertScope(PUBLIC, "1.0.0.0", "223.255.255.255");
  }

  @Test
  void theRestIsPublic() throws UnknownHostException {
    assertScope(PUBLIC, "1.1.1.1", "8.8.8.8", "128.0.0.1", "2001:4860:4860::8888");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.1.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.1.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "8.8.8.8"
      })
  void anIpv4AddressInsideIpv6HasTheScopeOfTheIpv4Address(String ipv4) throws UnknownHostException {
    AddressScope expected = AddressScope.of(InetAddress.getByName(ipv4));
    assertScope(expected, "::ffff:" + ipv4);
    assertEquals(expected, AddressScope.of(mapped(ipv4)), "mapped");
    assertEquals(expected, AddressScope.of(translated(ipv4)), "translated (RFC 6052)");
  }
}
