package org.peerrelay.routing;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * A peer in a {@link RoutingTable}.
 *
 * <p>Whoever makes a contact from what the network says bounds the length of the URL first.
 *
 * @param id the peer's id
 * @param url where it can be dialed; null if that is not known, as of those whom an npm peer names
 * @param lastSeenNs when it last showed that it is alive, or was last named, on the clock that the
 *     node is told the time by
 */
public record Contact(PeerId id, @Nullable String url, long lastSeenNs) {}
