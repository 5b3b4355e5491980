package org.peerrelay;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * IPv6 addresses that stand for peers: the byte fd, then the first 120 bits of the id. The other 40
 * bits are remembered here, for as many peers as fit; the one unused for longest is forgotten.
 *
 * <p>There is room apart for peers that the program has named and for those that were heard of, so
 * that strangers, who can invent ids without end, push out one another only. Of two ids with the
 * same 120 bits, which nobody gets but on purpose, a named one keeps or takes the address from one
 * that was heard of; else the first keeps it while it is remembered. So nobody can draw the answers
 * to another peer to himself by an id made to resemble it. Any thread.
 */
final class PeerAddresses {
  private static final int ADDRESS_BYTES = 16;
  private static final int PREFIX_BYTES = ADDRESS_BYTES - 1;
  private static final byte FIRST_BYTE = (byte) 0xfd;
  private static final long LAST_BYTE = 0xff;

  private final int maxEntries;

  // Prefixes are ids whose last 40 bits are zero: their hash is mixed, and they compare, so that
  // ids made to share a hash bin do not make it slow.
  private final Map<PeerId, PeerId> named = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<PeerId, PeerId> heardOf = new LinkedHashMap<>(16, 0.75f, true);

  /** Remembers {@code maxEntries} peers that were named, and as many that were heard of. */
  PeerAddresses(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /**
   * The address of a peer that the program names.
   *
   * @throws IllegalArgumentException if it stands for another peer that the program has named
   */
  synchronized InetAddress name(PeerId id) {
    PeerId holder = remember(named, id);
    if (!holder.equals(id)) {
      throw new IllegalArgumentException(
          "peer id: " + id + " (expected: one that does not begin like " + holder + ", in use)");
    }
    heardOf.remove(prefix(id));
    return address(id);
  }

  /** The address of a peer that was heard of; null if it stands for another peer. */
  synchronized @Nullable InetAddress hear(PeerId id) {
    PeerId holder = named.get(prefix(id));
    if (holder == null) {
      holder = remember(heardOf, id);
    }
    return holder.equals(id) ? address(id) : null;
  }

  /** The peer that {@code address} stands for; null if there is none, or none remembered. */
  synchronized @Nullable PeerId find(InetAddress address) {
    if (!standsForPeer(address)) {
      return null;
    }
    byte[] idBytes = new byte[PeerId.BYTES];
    System.arraycopy(address.getAddress(), 1, idBytes, 0, PREFIX_BYTES);
    PeerId prefix = PeerId.ofBytes(idBytes);
    PeerId id = named.get(prefix);
    return id == null ? heardOf.get(prefix) : id;
  }

  /**
   * The peer that {@code address} stands for.
   *
   * @throws NoRouteToHostException if there is none, or none remembered; it says which
   */
  PeerId require(InetAddress address) throws NoRouteToHostException {
    PeerId id = find(address);
    if (id == null) {
      throw new NoRouteToHostException(
          "address: "
              + address.getHostAddress()
              + (standsForPeer(address)
                  ? " (expected: that of a peer heard from or named by addressOf)"
                  : " (expected: one under fd00::/8, made by RelayDatagramSocket.addressOf)"));
    }
    return id;
  }

  private PeerId remember(Map<PeerId, PeerId> ids, PeerId id) {
    PeerId holder = ids.putIfAbsent(prefix(id), id);
    if (ids.size() > maxEntries) {
      Iterator<PeerId> unusedForLongest = ids.keySet().iterator();
      unusedForLongest.next();
      unusedForLongest.remove();
    }
    return holder == null ? id : holder;
  }

  private static PeerId prefix(PeerId id) {
    return new PeerId(id.high(), id.middle() & ~LAST_BYTE, 0);
  }

  private static boolean standsForPeer(InetAddress address) {
    return address instanceof Inet6Address && address.getAddress()[0] == FIRST_BYTE;
  }

  /** The host name is the id, so that no name service is ever asked for one. */
  private static InetAddress address(PeerId id) {
    byte[] bytes = new byte[ADDRESS_BYTES];
    bytes[0] = FIRST_BYTE;
    System.arraycopy(id.toBytes(), 0, bytes, 1, PREFIX_BYTES);
    try {
      return InetAddress.getByAddress(id.hex(), bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("16 bytes are an address", impossible);
    }
  }
}
