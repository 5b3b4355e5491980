package org.peerrelay.lab.simulation;

/**
 * What the nodes of one role keep at the end of measuring.
 *
 * @param nodes how many there are
 * @param links of each, to anybody
 * @param relayLinks of each, to relays
 * @param pointersHeld of each, of others
 */
public record RoleState(
    int nodes, Distribution links, Distribution relayLinks, Distribution pointersHeld) {}
