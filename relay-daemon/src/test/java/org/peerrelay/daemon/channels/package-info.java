/** Tests of channels, from the state machine to clients of all kinds. */
@NullMarked
package org.peerrelay.daemon.channels;

import org.jspecify.annotations.NullMarked;
