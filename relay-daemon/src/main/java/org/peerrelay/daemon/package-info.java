/**
 * The {@code relay} command. {@link org.peerrelay.daemon.RelayCommand} is the way in, and there is
 * one class for each of its commands. Results go to standard output ({@code Results}), everything
 * else to standard error ({@code Console} and the log).
 */
@NullMarked
package org.peerrelay.daemon;

import org.jspecify.annotations.NullMarked;
