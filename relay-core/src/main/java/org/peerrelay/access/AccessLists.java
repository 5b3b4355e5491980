package org.peerrelay.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who may come by the lists of the operator. Who is denied may not, whoever else is allowed.
 *
 * @param allow who may come, by id or address, and nobody else; null if everybody may
 * @param deny who may not come, by id or address
 */
public record AccessLists(@Nullable AccessList allow, AccessList deny) {
  /** Everybody may come. */
  public static final AccessLists NONE = new AccessLists(null, AccessList.EMPTY);

  /** Whether nobody may come from {@code address}, whatever the id is. */
  boolean shutsOut(@Nullable InetAddress address) {
    boolean undecided = allow == null || allow.hasIds() || allow.has(address);
    return deny.has(address) || !undecided;
  }

  /**
   * Whether {@code who} may come. An id that is only claimed opens nothing. Whom the operator has
   * this node dial need not be allowed beside that.
   */
  boolean lets(Newcomer who) {
    if (deny.has(who.address()) || deny.has(who.id())) {
      return false;
    }
    return allow == null
        || who.invited()
        || allow.has(who.address())
        || (!who.legacy() && allow.has(who.id()));
  }
}
