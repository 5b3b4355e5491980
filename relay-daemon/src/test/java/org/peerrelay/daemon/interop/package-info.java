/**
 * Our peers and the published npm {@code peer-relay} together, over real sockets. {@link
 * org.peerrelay.daemon.interop.JavaPeer} is a peer or daemon of ours in this process, {@link
 * org.peerrelay.daemon.npm.NpmHost} one of theirs in another, {@link
 * org.peerrelay.daemon.interop.RawClient} anybody who writes frames by hand, and {@link
 * org.peerrelay.daemon.interop.FrameSocket} one who breaks them. Tests tagged {@code soak} take
 * minutes and run only by {@code scripts/soak}.
 */
@NullMarked
package org.peerrelay.daemon.interop;

import org.jspecify.annotations.NullMarked;
