/**
 * The API for programs that embed a peer: start one, connect to others by id, send and receive
 * datagrams. Everything else in this library stands behind it.
 */
@NullMarked
package org.peerrelay;

import org.jspecify.annotations.NullMarked;
