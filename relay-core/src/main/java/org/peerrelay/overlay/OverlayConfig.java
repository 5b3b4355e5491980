package org.peerrelay.overlay;

import java.util.concurrent.TimeUnit;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.RoutingTable;

/**
 * The constants of the control plane. Times are in nanoseconds.
 *
 * @param relayLinks with how many relays this node wants links, where they are not the relays
 *     inside of a relay's {@code table}. npm peers keep 15; a leaf reaches everybody through one,
 *     and keeps more for the day that one dies
 * @param redialMinNs shortest wait before a bootstrap URL is dialed again
 * @param redialMaxNs longest such wait. It doubles with each failure, and a random part keeps a
 *     thousand peers from coming back to a restarted relay at the same moment
 * @param handshakeNs how long an offer of a direct link, and then the dialing, may take. npm peers
 *     wait for ever, so that silent strangers use up their links
 * @param avoidNs how long a stranger that could not be linked with is left alone
 * @param maxAvoided how many such strangers are remembered; anybody can invent ids
 * @param maxCandidates how many strangers that links could be made with are remembered. A relay
 *     wants as many as its routing table has room for. A leaf asks for others when it misses a
 *     link: twice as many as it has links will do
 * @param pingAfterNs a link on which nothing came for so long is pinged; the {@code table} has
 *     other times for links with relays of protocol 2
 * @param deadAfterNs a link on which nothing came for so long is closed. A silent death would
 *     otherwise be noticed by TCP after a quarter of an hour
 * @param probeNs how long the holder of an id has to answer a ping when another link claims it
 * @param crossingNs two links that the two ends dialed to each other within this time crossed
 * @param replaceNs how long a link that has proven its id is kept before another with the same
 *     proof may replace it; two processes that share a key would else throw each other out for ever
 * @param maxProven how many proven ids are remembered, so that no legacy link takes one while its
 *     owner is away
 * @param refreshNs how often the neighbours are asked for peers near to this one
 * @param pointers how peers are located
 * @param probes how links are probed
 * @param known how relays that were met before are looked for
 * @param table how relays link with one another
 */
public record OverlayConfig(
    int relayLinks,
    long redialMinNs,
    long redialMaxNs,
    long handshakeNs,
    long avoidNs,
    int maxAvoided,
    int maxCandidates,
    long pingAfterNs,
    long deadAfterNs,
    long probeNs,
    long crossingNs,
    long replaceNs,
    int maxProven,
    long refreshNs,
    PointerConfig pointers,
    ProbeConfig probes,
    KnownConfig known,
    TableConfig table) {

  /** For a node that listens and can be dialed. */
  public static final OverlayConfig RELAY = of(15, PeerId.BITS * RoutingTable.DEFAULT_K);

  /** For a peer that only sends and receives. */
  public static final OverlayConfig LEAF = of(4, 8);

  /** For a peer that hangs on the one relay it was given, and looks for no other. */
  public static final OverlayConfig GUEST = of(1, 2);

  private static OverlayConfig of(int relayLinks, int maxCandidates) {
    return new OverlayConfig(
        relayLinks,
        TimeUnit.MILLISECONDS.toNanos(250),
        TimeUnit.SECONDS.toNanos(30),
        TimeUnit.SECONDS.toNanos(15),
        TimeUnit.MINUTES.toNanos(10),
        1_024,
        maxCandidates,
        TimeUnit.SECONDS.toNanos(15),
        TimeUnit.SECONDS.toNanos(45),
        TimeUnit.SECONDS.toNanos(5),
        TimeUnit.SECONDS.toNanos(10),
        TimeUnit.SECONDS.toNanos(2),
        65_536,
        TimeUnit.SECONDS.toNanos(60),
        PointerConfig.DEFAULT,
        ProbeConfig.DEFAULT,
        KnownConfig.DEFAULT,
        TableConfig.DEFAULT);
  }
}
