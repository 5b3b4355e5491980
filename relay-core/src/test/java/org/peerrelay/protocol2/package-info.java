/** The relay against a client that was written from docs/protocol.md alone, in JavaScript. */
@NullMarked
package org.peerrelay.protocol2;

import org.jspecify.annotations.NullMarked;
