package org.peerrelay.transport;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * The event that a connection has turned from HTTP into WebSocket.
 *
 * @param headers what the other end said in its half of the upgrade
 * @param binary whether both ends agreed on protocol 2
 */
record Upgraded(HttpHeaders headers, boolean binary) {}
