/**
 * Signalling channels over HTTP and server-sent events, as moshpit's clients know them. {@link
 * org.peerrelay.daemon.channels.SignalChannels} is the feature, for the daemon and for any Netty
 * server; {@code Channels} is its state machine, without threads, clock or bytes.
 */
@NullMarked
package org.peerrelay.daemon.channels;

import org.jspecify.annotations.NullMarked;
