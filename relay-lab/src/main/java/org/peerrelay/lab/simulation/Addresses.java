package org.peerrelay.lab.simulation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.peerrelay.routing.AddressGroup;

/** Hands out public IPv4 addresses, so many to a /24, and no network to two kinds of hosts. */
final class Addresses {
  /**
   * Where a host is.
   *
   * @param ip its address
   * @param group its network
   */
  record Address(String ip, @Nullable AddressGroup group) {}

  /** Networks from here on are public, for a long way: 11.0.0.0 and up. */
  private static final int FIRST_NETWORK = 11 << 16;

  private static final int LAST_NETWORK = 100 << 16;

  private final int perNetwork;
  private int network;
  private int hosts;
  private @Nullable AddressGroup group;

  /**
   * Begins at the {@code nth} of eight parts of the address space.
   *
   * @param perNetwork how many hosts each network takes
   */
  Addresses(int nth, int perNetwork) {
    this.perNetwork = perNetwork;
    this.network = FIRST_NETWORK + (LAST_NETWORK - FIRST_NETWORK) / 8 * nth - 1;
    this.hosts = perNetwork;
  }

  Address next() {
    if (hosts == perNetwork) {
      hosts = 0;
      network++;
      group = group(network);
    }
    hosts++;
    return new Address(ip(network, hosts), group);
  }

  /** The next address, but in one of {@code networks} networks, taken in turn. */
  static Address inTurn(int first, int networks, int number) {
    int network = FIRST_NETWORK + (LAST_NETWORK - FIRST_NETWORK) / 8 * first + number % networks;
    return new Address(ip(network, number / networks % 254 + 1), group(network));
  }

  private static String ip(int network, int host) {
    return (network >> 16) + "." + (network >> 8 & 0xff) + "." + (network & 0xff) + "." + host;
  }

  private static @Nullable AddressGroup group(int network) {
    byte[] bytes = {(byte) (network >> 16), (byte) (network >> 8), (byte) network, 1};
    try {
      return AddressGroup.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
