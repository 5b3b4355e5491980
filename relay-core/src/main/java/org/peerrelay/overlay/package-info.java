/**
 * The control plane's state machine: links that come and go, finding peers, dialing, retrying. It
 * is told the time and what happened, and answers with effects for others to carry out; it does no
 * I/O.
 */
@NullMarked
package org.peerrelay.overlay;

import org.jspecify.annotations.NullMarked;
