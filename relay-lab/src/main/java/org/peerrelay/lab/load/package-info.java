/**
 * An open-loop load generator for relays that speak WebSocket. Start with {@link
 * org.peerrelay.lab.load.LoadGenerator}; a {@link org.peerrelay.lab.load.Shape} says how one kind
 * of relay is spoken to.
 *
 * <p>Made to cost little, since what it uses of a machine the relay under test cannot: it frames
 * and masks by itself, gathers what goes to one socket, and checks payloads without copying them.
 * One event loop per thread, and nothing shared between them.
 */
@NullMarked
package org.peerrelay.lab.load;

import org.jspecify.annotations.NullMarked;
