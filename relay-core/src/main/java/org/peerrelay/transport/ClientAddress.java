package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the client of a connection is: at the other end, or, if a trusted proxy is there, where
 * that says. Bounds for each address, lists and people who look at links go by this one.
 *
 * <p>A proxy may put requests of several clients on one connection. So where requests follow one
 * another, each has a client of its own.
 */
public final class ClientAddress {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private static final AttributeKey<InetSocketAddress> NAMED =
      AttributeKey.valueOf(ClientAddress.class, "named");

  private static final AttributeKey<TrustedProxies> PROXIES =
      AttributeKey.valueOf(ClientAddress.class, "proxies");

  private ClientAddress() {}

  /** The client's address; null if the connection is gone and nobody has named one. Any thread. */
  public static @Nullable InetSocketAddress of(Channel channel) {
    InetSocketAddress named = channel.attr(NAMED).get();
    if (named != null) {
      return named;
    }
    return channel.remoteAddress() instanceof InetSocketAddress remote ? remote : null;
  }

  /**
   * The address of the client whose request with these headers came over the connection; null if
   * that is gone and nobody has named one. Any thread.
   */
  public static @Nullable InetSocketAddress of(Channel channel, HttpHeaders headers) {
    InetSocketAddress nearest = of(channel);
    TrustedProxies proxies = channel.attr(PROXIES).get();
    return nearest == null || proxies == null
        ? nearest
        : proxies.client(nearest, headers.getAll(FORWARDED_FOR));
  }

  /**
   * A connection has come in; if it is from one of {@code proxies}, that may name another client.
   *
   * @return whether it may
   */
  static boolean trust(Channel channel, TrustedProxies proxies) {
    boolean trusted = proxies.trusts(of(channel));
    if (trusted) {
      channel.attr(PROXIES).set(proxies);
    }
    return trusted;
  }

  /** A trusted proxy says that its connection's client is at {@code address}. */
  static void name(Channel channel, InetSocketAddress address) {
    channel.attr(NAMED).set(address);
  }

  /**
   * The connection is from now on that of the client whose request has these headers: no other is
   * to come over it. Any thread.
   */
  public static void name(Channel channel, HttpHeaders headers) {
    InetSocketAddress client = of(channel, headers);
    if (client != null && !client.equals(of(channel))) {
      name(channel, client);
    }
  }

  /** Whether the connection is a trusted proxy's, which may say where the client is. */
  static boolean isTrusted(Channel channel) {
    return channel.attr(PROXIES).get() != null;
  }

  /** Whether a trusted proxy has said where the client is. */
  static boolean isNamed(Channel channel) {
    return channel.attr(NAMED).get() != null;
  }
}
