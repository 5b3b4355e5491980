package org.peerrelay.routing;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The network that an address is in: the /24 of an IPv4 address, the /48 of an IPv6 one. Ids cost
 * nothing, addresses in many networks do: so whoever wants to surround somebody with his own relays
 * finds it dear where each network counts only so much.
 *
 * @param high the family, and the first bits of the prefix
 * @param low its last bits
 */
public record AddressGroup(int high, int low) {
  private static final int IPV4_BYTES = 4;
  private static final int IPV4_PREFIX_BYTES = 3;
  private static final int IPV6_PREFIX_BYTES = 6;

  /**
   * The group of the address that stands in {@code url}; null if a name stands there, which only
   * asking others can tell the address of, or if the address has none.
   */
  public static @Nullable AddressGroup ofUrl(String url) {
    try {
      String host = new URI(url).getHost();
      InetAddress address = host == null ? null : AddressLiteral.parse(withoutBrackets(host));
      return address == null ? null : of(address);
    } catch (URISyntaxException noUrl) {
      return null;
    }
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * The group of {@code address}; null for one that is not public. Loopback and private networks
   * are somebody's own, and one of them may hold all relays that there are.
   */
  public static @Nullable AddressGroup of(InetAddress address) {
    if (AddressScope.of(address) != AddressScope.PUBLIC) {
      return null;
    }
    byte[] bytes = AddressScope.withoutIpv6(address).getAddress();
    boolean ipv4 = bytes.length == IPV4_BYTES;
    int length = ipv4 ? IPV4_PREFIX_BYTES : IPV6_PREFIX_BYTES;
    long prefix = ipv4 ? 0 : 1;
    for (byte part : Arrays.copyOf(bytes, length)) {
      prefix = (prefix << Byte.SIZE) | (part & 0xff);
    }
    return new AddressGroup((int) (prefix >>> Integer.SIZE), (int) prefix);
  }
}
