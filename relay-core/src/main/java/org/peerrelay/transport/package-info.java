/**
 * WebSocket links over Netty: server, client, the pipeline of a link and the event loops. The only
 * package that opens sockets, starts threads and reads the clock.
 */
@NullMarked
package org.peerrelay.transport;

import org.jspecify.annotations.NullMarked;
