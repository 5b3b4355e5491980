package org.peerrelay;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;

/** Whom a peer tells what. */
record PeerListeners(
    MessageListener onMessage,
    Consumer<PeerId> onPeer,
    Consumer<PeerId> onPeerLost,
    BiConsumer<PeerId, DropReason> onUndeliverable) {}
