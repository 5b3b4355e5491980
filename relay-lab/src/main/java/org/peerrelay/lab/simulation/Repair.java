package org.peerrelay.lab.simulation;

/**
 * How long peers could not be reached after one of their relays had died.
 *
 * @param seconds from the death until a datagram of somebody else arrived again
 * @param givenUp how many were not reached within two minutes; they are not in the distribution
 */
public record Repair(Distribution seconds, long givenUp) {}
