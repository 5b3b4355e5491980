package org.peerrelay.transport;

import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.LinkFormat;

/**
 * What there is to know of a link at one moment.
 *
 * @param peer the neighbour's id; on a legacy link, as it claims
 * @param format which wire format it speaks
 * @param relay whether the neighbour has said or shown that it relays
 * @param inside whether both ends are relays that others can dial
 * @param inTable whether it has a place in the table, so that datagrams for others go over it
 * @param dialed whether this node has dialed it
 * @param address the other end of the connection, as far as it is known
 * @param ageNs how long there has been a link
 * @param queueBytes how much waits for it in this process
 * @param traffic what went over it
 * @param dropped how many datagrams that came over it, or were to go over it, ended here
 * @param lastDrop why the last of them did; null if none has
 * @param throttled how often it was not read for a moment, since too much had come over it
 * @param isThrottled whether that is so now
 */
public record LinkStatus(
    PeerId peer,
    LinkFormat format,
    boolean relay,
    boolean inside,
    boolean inTable,
    boolean dialed,
    String address,
    long ageNs,
    long queueBytes,
    Traffic traffic,
    long dropped,
    @Nullable DropReason lastDrop,
    long throttled,
    boolean isThrottled) {}
