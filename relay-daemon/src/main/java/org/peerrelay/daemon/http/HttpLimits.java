package org.peerrelay.daemon.http;

import java.util.concurrent.TimeUnit;

/**
 * Bounds of one HTTP connection. How long a head may be is the codec's to say: 8 KiB, with a first
 * line of 4 KiB.
 *
 * @param maxHeaders how many header fields a request may have. Each costs objects, however short
 * @param bodyNs how long a body may take to come. Slow ones would else hold connections for nothing
 * @param answerNs how long the client may take to read an answer that is no stream
 * @param idleNs how long a connection may wait for its next request
 * @param lingerNs how long a refused client may go on sending before its connection is cut. Cut at
 *     once, it might never see the answer
 */
public record HttpLimits(int maxHeaders, long bodyNs, long answerNs, long idleNs, long lingerNs) {
  /** What the daemon uses. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          100,
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.SECONDS.toNanos(60),
          TimeUnit.SECONDS.toNanos(1));
}
