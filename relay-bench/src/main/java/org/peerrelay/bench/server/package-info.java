/**
 * The servers of the comparison that are Java programs of this repository: the bare forwarder,
 * which is the yardstick, and our own daemon; and the starting and measuring of all servers.
 */
@NullMarked
package org.peerrelay.bench.server;

import org.jspecify.annotations.NullMarked;
