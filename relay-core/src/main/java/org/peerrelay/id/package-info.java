/**
 * Who a peer is: its id, the key that the id is the hash of, and the file that keeps the key.
 *
 * <p>Start with {@link org.peerrelay.id.PeerId}; {@link org.peerrelay.id.Identity} is the key, and
 * {@link org.peerrelay.id.IdentityFile} keeps it across restarts.
 */
@NullMarked
package org.peerrelay.id;

import org.jspecify.annotations.NullMarked;
