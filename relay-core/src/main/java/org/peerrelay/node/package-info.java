/**
 * One node of the relay network: forwarding plane and control plane put together, still without
 * sockets or clocks, so that a simulator can run thousands.
 */
@NullMarked
package org.peerrelay.node;

import org.jspecify.annotations.NullMarked;
