package org.peerrelay;

import java.time.Duration;

/**
 * A receiver has said that it has a message.
 *
 * @param roundTrip the time from when the message was first sent
 * @param tries how often it had been sent by then
 */
public record Acknowledgement(Duration roundTrip, int tries) {}
