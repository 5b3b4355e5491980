package org.peerrelay.lab.simulation;

/**
 * Datagrams that were sent in one stretch of the measuring time, of either kind.
 *
 * @param startS when it began, in seconds since measuring began
 * @param lengthS how long it is, in seconds
 * @param sent how many were sent in it
 * @param delivered how many of these arrived, then or later
 */
public record Interval(double startS, double lengthS, long sent, long delivered) {}
