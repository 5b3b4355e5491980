package org.peerrelay.transport;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.peerrelay.message.CloseReason;

/**
 * A link that is no more.
 *
 * @param last what was known of it at its end
 * @param at when it ended, by the clock of the machine
 * @param ours why this node closed it; null if it did not
 * @param theirCode the WebSocket close code that the other end gave; 0 if it gave none
 */
public record ClosedLink(LinkStatus last, Instant at, @Nullable CloseReason ours, int theirCode) {}
