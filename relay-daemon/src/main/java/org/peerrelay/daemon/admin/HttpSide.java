package org.peerrelay.daemon.admin;

import java.util.function.IntSupplier;
import org.peerrelay.daemon.http.HttpCounters;

/**
 * What a relay serves over plain HTTP, on its public port.
 *
 * @param counters what was asked for, and refused
 * @param channels how many signalling channels there are
 * @param sessions how many sessions of scripts there are
 */
public record HttpSide(HttpCounters counters, IntSupplier channels, IntSupplier sessions) {}
