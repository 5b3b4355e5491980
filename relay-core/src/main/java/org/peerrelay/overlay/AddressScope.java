package org.peerrelay.overlay;

import java.net.Inet6Address;
import java.net.InetAddress;

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

  private static final int SHARED_FIRST_BYTE = 100;

  /** The scope of {@code address}; an IPv4 address inside IPv6 has that of the IPv4 address. */
  public static AddressScope of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || (bytes[0] == 0 && bytes.length == 4)
        || isBroadcast(bytes)) {
      return NONE;
    }
    if (address.isLoopbackAddress()) {
      return LOOPBACK;
    }
    boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    boolean shared =
        bytes.length == 4 && bytes[0] == SHARED_FIRST_BYTE && (bytes[1] & 0xc0) == 0x40;
    return address.isSiteLocalAddress() || address.isLinkLocalAddress() || uniqueLocal || shared
        ? PRIVATE
        : PUBLIC;
  }

  private static boolean isBroadcast(byte[] bytes) {
    return bytes.length == 4 && (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == -1;
  }
}
