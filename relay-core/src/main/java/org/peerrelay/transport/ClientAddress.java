package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the client of a connection is: at the other end, or, if a trusted proxy is there, where
 * that says. Bounds for each address, lists and people who look at links go by this one.
 */
public final class ClientAddress {
  private static final AttributeKey<InetSocketAddress> NAMED =
      AttributeKey.valueOf(ClientAddress.class, "named");

  private ClientAddress() {}

  /** The client's address; null if the connection is gone and nobody has named one. Any thread. */
  public static @Nullable InetSocketAddress of(Channel channel) {
    InetSocketAddress named = channel.attr(NAMED).get();
    if (named != null) {
      return named;
    }
    return channel.remoteAddress() instanceof InetSocketAddress remote ? remote : null;
  }

  /** A trusted proxy says that its connection's client is at {@code address}. */
  static void name(Channel channel, InetSocketAddress address) {
    channel.attr(NAMED).set(address);
  }

  /** Whether a trusted proxy has said where the client is. */
  static boolean isNamed(Channel channel) {
    return channel.attr(NAMED).get() != null;
  }
}
