package org.peerrelay.lab.simulation;

/**
 * What was found of the nodes of one role.
 *
 * @param state what they keep
 * @param traffic what they sent
 */
public record RoleFindings(RoleState state, RoleTraffic traffic) {}
