package org.peerrelay;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.peerrelay.id.PeerId;

/** What the application wants to be told of a presence; see {@link PresenceBuilder}. */
record PresenceListeners<T>(
    Runnable onBootstrapped,
    BiConsumer<Presence<T>, List<PeerId>> onOnline,
    BiConsumer<T, PeerId> onPeerData,
    Consumer<PeerId> onPeerAdd,
    Consumer<PeerId> onPeerRemove,
    BiConsumer<PeerId, PeerId> onPeerAddSeen,
    BiConsumer<PeerId, PeerId> onPeerRemoveSeen) {}
