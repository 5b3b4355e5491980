package org.peerrelay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.HopVerdict;

/**
 * What one node on the way of a trace has reported.
 *
 * @param hop its place on the way: 1 is the first relay
 * @param node the node, as it says
 * @param verdict what it did with the trace
 * @param next the neighbour that it passed the trace on to, or null
 * @param roundTrip the time from when the trace was sent until the report was there
 */
public record TraceHop(
    int hop, PeerId node, HopVerdict verdict, @Nullable PeerId next, Duration roundTrip) {}
