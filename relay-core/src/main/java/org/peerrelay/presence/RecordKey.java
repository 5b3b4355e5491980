package org.peerrelay.presence;

import org.peerrelay.id.PeerId;

/** Which record of which peer, whatever its version. */
record RecordKey(RecordKind kind, PeerId peer) {}
