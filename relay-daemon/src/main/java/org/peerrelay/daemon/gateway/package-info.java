/**
 * The gateway: peers of scripts that have only HTTP. {@link org.peerrelay.daemon.gateway.Gateway}
 * answers the requests, a {@link org.peerrelay.daemon.gateway.Session} is one peer with what has
 * come for it. {@code SessionQuota} and {@code Backlog} are told the time.
 */
@NullMarked
package org.peerrelay.daemon.gateway;

import org.jspecify.annotations.NullMarked;
