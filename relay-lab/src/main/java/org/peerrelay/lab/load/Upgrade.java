package org.peerrelay.lab.load;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks for in its HTTP upgrade to WebSocket.
 *
 * @param path path and query, beginning with a slash; null for those of the URL
 * @param subprotocol the WebSocket subprotocol to insist on; null for none
 * @param text whether its messages are text frames, else binary ones
 * @param compress whether to offer {@code permessage-deflate}, and to compress every message if the
 *     relay accepts that
 */
public record Upgrade(
    @Nullable String path, @Nullable String subprotocol, boolean text, boolean compress) {}
