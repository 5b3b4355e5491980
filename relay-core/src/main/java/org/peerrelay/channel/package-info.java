/**
 * The client of signalling channels over HTTP: {@link org.peerrelay.channel.SignalChannel}. It
 * stands alone: it runs on the JDK's HTTP client and knows nothing of peers and relays.
 */
@NullMarked
package org.peerrelay.channel;

import org.jspecify.annotations.NullMarked;
