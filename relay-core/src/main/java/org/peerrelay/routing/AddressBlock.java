package org.peerrelay.routing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin with the same bits, as in CIDR notation (RFC 4632, RFC 4291). An IPv4
 * address inside IPv6 ({@code ::ffff:192.0.2.1}) counts as the IPv4 address.
 *
 * @param first the lowest of them
 * @param prefixBits how many bits they share
 */
public record AddressBlock(InetAddress first, int prefixBits) {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final int CLIENT_IPV6_BITS = 64;

  /**
   * Checks the prefix.
   *
   * @throws IllegalArgumentException if it is longer than the address, or if bits behind it are set
   */
  public AddressBlock {
    first = AddressLiteral.unmapped(first);
    byte[] bytes = first.getAddress();
    if (prefixBits < 0 || prefixBits > bytes.length * Byte.SIZE) {
      throw new IllegalArgumentException("prefix: " + prefixBits + " bits");
    }
    if (!Arrays.equals(bytes, prefix(bytes, prefixBits))) {
      throw new IllegalArgumentException("prefix: bits are set behind " + prefixBits);
    }
  }

  /**
   * Reads an address, or a block as {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
   *
   * @throws IllegalArgumentException with one clear line if it is neither. Bits behind the prefix
   *     must be zero: who sets some means another block, or one address
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = AddressLiteral.parse(literal);
    int writtenBits = literal.indexOf(':') < 0 ? IPV4_BITS : IPV6_BITS;
    Integer bits = slash < 0 ? Integer.valueOf(writtenBits) : bits(text.substring(slash + 1));
    if (address == null || bits == null) {
      throw refused(text);
    }
    int unmappedBits = address.getAddress().length * Byte.SIZE;
    try {
      return new AddressBlock(address, bits - (writtenBits - unmappedBits));
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
  }

  /** Of the blocks that share so many bits the one that {@code address}, of that length, is in. */
  public static AddressBlock around(InetAddress address, int prefixBits) {
    byte[] prefix = prefix(AddressLiteral.unmapped(address).getAddress(), prefixBits);
    try {
      return new AddressBlock(InetAddress.getByAddress(prefix), prefixBits);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }

  /**
   * What stands for one client, where things are counted by client: its IPv4 address, or the /64 of
   * its IPv6 address, since one customer has as many addresses at least.
   */
  public static AddressBlock ofClient(InetAddress address) {
    InetAddress plain = AddressScope.withoutIpv6(address);
    int bits = plain.getAddress().length * Byte.SIZE;
    return around(plain, bits == IPV6_BITS ? CLIENT_IPV6_BITS : bits);
  }

  private static @Nullable Integer bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.valueOf(text) : null;
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' (expected: an address, or a block with zeros behind its prefix, as 10.0.0.0/8 or"
            + " 2001:db8::/32)");
  }

  /** Whether {@code address} is one of them. */
  public boolean contains(InetAddress address) {
    byte[] bytes = AddressLiteral.unmapped(address).getAddress();
    byte[] own = first.getAddress();
    return bytes.length == own.length && Arrays.equals(prefix(bytes, prefixBits), own);
  }

  private static byte[] prefix(byte[] address, int bits) {
    byte[] prefix = address.clone();
    for (int i = 0; i < prefix.length; i++) {
      int kept = Math.min(Byte.SIZE, Math.max(0, bits - i * Byte.SIZE));
      prefix[i] &= (byte) (0xff << (Byte.SIZE - kept));
    }
    return prefix;
  }

  /** In the notation that {@link #parse} reads. */
  @Override
  public String toString() {
    return first.getHostAddress() + "/" + prefixBits;
  }
}
