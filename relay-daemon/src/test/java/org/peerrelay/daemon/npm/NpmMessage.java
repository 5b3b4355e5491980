package org.peerrelay.daemon.npm;

/**
 * A {@code message} event of an npm peer.
 *
 * @param from the author's id, 40 hex characters
 */
public record NpmMessage(String from, NpmPayload payload) {}
