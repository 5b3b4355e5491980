package org.peerrelay.routing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** How far an address reaches. */
public enum AddressScope {
  /** This machine: 127.0.0.0/8, ::1. */
  LOOPBACK,
  /** This network, or this link: RFC 1918, RFC 6598, RFC 3927, fc00::/7, fe80::/10. */
  PRIVATE,
  /** The Internet. */
  PUBLIC,
  /** Nobody in particular: the wildcard address, multicast, broadcast. Never dialed. */
  NONE;

  private static final int IPV4_BYTES = 4;
  private static final int SHARED_FIRST_BYTE = 100;

  /** IPv6 prefixes of 96 bits before an IPv4 address: mapped (RFC 4291), translated (RFC 6052). */
  private static final List<byte[]> BEFORE_IPV4 =
      List.of(
          new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1},
          new byte[] {0, 0x64, -1, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0});

  /** The scope of {@code address}; an IPv4 address inside IPv6 has that of the IPv4 address. */
  public static AddressScope of(InetAddress address) {
    InetAddress plain = withoutIpv6(address);
    byte[] bytes = plain.getAddress();
    boolean ipv4 = bytes.length == IPV4_BYTES;
    if (plain.isAnyLocalAddress()
        || plain.isMulticastAddress()
        || (ipv4 && bytes[0] == 0)
        || (ipv4 && (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == -1)) {
      return NONE;
    }
    if (plain.isLoopbackAddress()) {
      return LOOPBACK;
    }
    boolean uniqueLocal = !ipv4 && (bytes[0] & 0xfe) == 0xfc;
    boolean shared = ipv4 && bytes[0] == SHARED_FIRST_BYTE && (bytes[1] & 0xc0) == 0x40;
    return plain.isSiteLocalAddress() || plain.isLinkLocalAddress() || uniqueLocal || shared
        ? PRIVATE
        : PUBLIC;
  }

  /** Sockets connect to an IPv4 address in this form, and resolvers may leave it as it is. */
  static InetAddress withoutIpv6(InetAddress address) {
    byte[] bytes = address.getAddress();
    int before = bytes.length - IPV4_BYTES;
    for (byte[] prefix : BEFORE_IPV4) {
      if (before == prefix.length && Arrays.equals(bytes, 0, before, prefix, 0, before)) {
        return ipv4(Arrays.copyOfRange(bytes, before, bytes.length));
      }
    }
    return address;
  }

  private static InetAddress ipv4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
