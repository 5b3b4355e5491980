package org.peerrelay.transport;

import java.util.concurrent.TimeUnit;
import org.peerrelay.wire.legacy.LegacyLimits;

/**
 * Bounds of the transport.
 *
 * @param wire how large payloads and frames may be
 * @param handshakeNs how long a connection may take until its id has come. Slow handshakes would
 *     else hold descriptors for nothing
 * @param maxQueueBytes how much may wait for one link whose peer reads slowly; beyond it the oldest
 *     datagrams are dropped. Holds two of the largest frames
 * @param maxInboxBytes how much may wait for the control loop: control messages, and messages for
 *     this node whose application is slow
 * @param dialNs how long connecting a socket may take
 * @param closeNs how long a closing link may take to send what is queued on it, and then its other
 *     end to hang up
 */
public record TransportConfig(
    LegacyLimits wire,
    long handshakeNs,
    int maxQueueBytes,
    int maxInboxBytes,
    long dialNs,
    long closeNs) {
  /** The same for daemons and leaves. */
  public static final TransportConfig DEFAULT =
      new TransportConfig(
          LegacyLimits.DEFAULT,
          TimeUnit.SECONDS.toNanos(10),
          640 * 1_024,
          16 * 1_024 * 1_024,
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.SECONDS.toNanos(2));
}
