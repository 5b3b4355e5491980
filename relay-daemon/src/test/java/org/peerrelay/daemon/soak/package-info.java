/**
 * Runs of minutes or hours, tagged {@code soak}: only {@code scripts/soak} runs them. The daemons
 * are processes of the real command, the npm peers are the published package. Results are printed
 * in lines that begin with {@code soak:}.
 */
@NullMarked
package org.peerrelay.daemon.soak;

import org.jspecify.annotations.NullMarked;
