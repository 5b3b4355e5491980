package org.peerrelay.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peerrelay.overlay.DialPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The URL at which others can dial this node. The operator gives it, or the listener is bound to
 * one address; else it is found out: a relay that this node dials sees its address, and a relay
 * that dials it names the one it has dialed. Those are dialed from here, one at a time, until one
 * leads back to this node.
 *
 * <p>A node that listens but cannot be dialed relays for its own links only: it stands outside the
 * relays that can all link with each other. Any thread.
 */
final class OwnAddress {
  private static final Logger LOG = LoggerFactory.getLogger(OwnAddress.class);

  private enum Phase {
    UNKNOWN,
    TRYING,
    SETTLED
  }

  private record State(Phase phase, @Nullable String url, boolean dialable) {
    static final State NONE = new State(Phase.SETTLED, null, false);
    static final State UNKNOWN = new State(Phase.UNKNOWN, null, false);
  }

  /** Dialers name what they like, and each name costs a dial. */
  private static final int MAX_TRIED = 8;

  private final Set<String> tried = new HashSet<>();
  private final boolean listens;
  private final boolean secure;
  private final DialPolicy policy;
  private final Consumer<String> tryOut;
  private final Consumer<String> onFound;
  private volatile State state;
  private volatile int port;

  /**
   * The address of a node.
   *
   * @param secure whether the listener speaks TLS
   * @param policy what this node may dial: others are taken to be as careful
   * @param tryOut dials a URL and reports to {@link #found} or {@link #notFound}
   * @param onFound is told a URL that has been found out
   */
  OwnAddress(
      boolean listens,
      boolean secure,
      DialPolicy policy,
      Consumer<String> tryOut,
      Consumer<String> onFound) {
    this.listens = listens;
    this.secure = secure;
    this.policy = policy;
    this.tryOut = tryOut;
    this.onFound = onFound;
    this.state = listens ? State.UNKNOWN : State.NONE;
  }

  /**
   * The listener is bound.
   *
   * @param url where others can dial it; null if that is to be found out
   */
  void bound(int boundPort, @Nullable String url) {
    port = boundPort;
    if (url != null) {
      state = new State(Phase.SETTLED, url, allows(URI.create(url).getHost()));
    }
  }

  /** A name may lead to any address; it is looked up by whoever dials it. */
  private boolean allows(String host) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal == null) {
      return true;
    }
    try {
      return policy.allows(InetAddress.getByAddress(literal));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }

  /** Where others can dial this node; null if nowhere, or not known yet. */
  @Nullable String url() {
    return state.url;
  }

  /** Whether it passes on datagrams of others. */
  boolean listens() {
    return listens;
  }

  /** The same, unless relays with this node's own policy would not dial it. */
  @Nullable String dialableUrl() {
    State now = state;
    return now.dialable ? now.url : null;
  }

  /** A relay sees this node at {@code address}, {@code ip:port} with the port of one connection. */
  void onSeenAt(@Nullable String address) {
    int colon = address == null ? -1 : address.lastIndexOf(':');
    onNamed(colon <= 0 || address == null ? null : address.substring(0, colon) + ":" + port);
  }

  /** Somebody has dialed this node as {@code authority}. */
  void onNamed(@Nullable String authority) {
    if (authority != null && begins(authority)) {
      tryOut.accept(WebSocketUrl.of(authority, secure));
    }
  }

  private synchronized boolean begins(String authority) {
    boolean news = state.phase == Phase.UNKNOWN && tried.size() < MAX_TRIED && tried.add(authority);
    if (news) {
      state = new State(Phase.TRYING, null, false);
    }
    return news;
  }

  /** {@code url} leads to this node. */
  void found(String url) {
    state = new State(Phase.SETTLED, url, true);
    LOG.info("others can dial this node at {}", url);
    onFound.accept(url);
  }

  /** {@code url} does not lead to this node. */
  void notFound(String url) {
    state = State.UNKNOWN;
    LOG.info("others cannot dial this node at {}, so it relays for its own links only", url);
  }
}
