package org.peerrelay.overlay;

import org.peerrelay.id.PeerId;

/**
 * A relay that this node has dialed and met, worth remembering across restarts.
 *
 * @param id the id that it has proven
 * @param url where it was met
 * @param failures how many dials in a row have failed since
 */
public record KnownRelay(PeerId id, String url, int failures) {}
