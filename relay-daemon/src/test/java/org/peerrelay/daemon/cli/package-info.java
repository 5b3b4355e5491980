/**
 * Tests of the {@code relay} command as its users see it: arguments, environment, standard streams,
 * exit status and signals. Commands that run until they are told to end run in processes of their
 * own ({@code RelayProcess}), the others in this one ({@code Run}).
 */
@NullMarked
package org.peerrelay.daemon.cli;

import org.jspecify.annotations.NullMarked;
