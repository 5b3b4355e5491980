package org.peerrelay.overlay;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.routing.AddressScope;

/**
 * Which addresses learned from the network may be dialed. Otherwise anybody could have a node in a
 * data centre knock at its neighbours' doors. URLs that the operator gave are not asked about.
 *
 * @param allowed the scopes that may be dialed
 */
public record DialPolicy(Set<AddressScope> allowed) {
  /**
   * The policy of a node that listens at {@code listener}, or nowhere if that is null: public
   * addresses, and those of the kind of its own. A node that listens on this machine alone is in a
   * network that is on this machine.
   *
   * @param allowPrivate whether the operator allows private and loopback addresses anyway
   */
  public static DialPolicy of(@Nullable InetAddress listener, boolean allowPrivate) {
    Set<AddressScope> allowed = EnumSet.of(AddressScope.PUBLIC);
    if (listener != null) {
      allowed.add(AddressScope.of(listener));
    }
    if (allowPrivate) {
      allowed.add(AddressScope.PRIVATE);
      allowed.add(AddressScope.LOOPBACK);
    }
    allowed.remove(AddressScope.NONE);
    return new DialPolicy(Set.copyOf(allowed));
  }

  /** Whether {@code address} may be dialed. */
  public boolean allows(InetAddress address) {
    return allowed.contains(AddressScope.of(address));
  }
}
