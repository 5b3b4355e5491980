package org.peerrelay.transport;

import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.Access;
import org.peerrelay.id.Identity;
import org.peerrelay.node.NodeConfig;

/**
 * What makes one node different from another.
 *
 * @param identity the node's key, and so its id
 * @param listen where it accepts connections, port 0 for any free one; null if it does not
 * @param advertise the URL at which others can dial it; null for that of the listener, where the
 *     listener is bound to one address
 * @param bootstraps URLs to which it keeps links, perhaps with tokens for their servers
 * @param dialPrivate whether it may dial private and loopback addresses that it learns of
 * @param legacy whether it links with legacy peers
 * @param knownRelays the file that keeps the relays that it has met; null if none does
 * @param http makes the handler of a connection whose first request asks for no WebSocket; null if
 *     the node speaks no other HTTP
 * @param node constants of the node
 * @param transport bounds of the transport
 * @param access who may link with it
 * @param trustedProxies who may say where the client of a connection or request is
 * @param origins whose pages may link from within a browser
 * @param tls how the listener speaks TLS; null if it does not
 * @param trust whom it believes when it dials by TLS
 * @param limits bounds of what comes to the listener; asked for anew each time by any thread, so
 *     that they can be replaced
 */
public record NodeSettings(
    Identity identity,
    @Nullable InetSocketAddress listen,
    @Nullable String advertise,
    List<String> bootstraps,
    boolean dialPrivate,
    boolean legacy,
    @Nullable Path knownRelays,
    @Nullable Supplier<? extends ChannelHandler> http,
    NodeConfig node,
    TransportConfig transport,
    Access access,
    TrustedProxies trustedProxies,
    AllowedOrigins origins,
    @Nullable ServerTls tls,
    ClientTls trust,
    Supplier<ConnectionLimits> limits) {
  /** Checks the URLs and copies the list. */
  public NodeSettings {
    bootstraps = List.copyOf(bootstraps);
    bootstraps.forEach(WebSocketUrl::check);
    if (advertise != null) {
      WebSocketUrl.checkTold(advertise);
    }
  }
}
