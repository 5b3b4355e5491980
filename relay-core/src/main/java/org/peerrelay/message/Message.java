package org.peerrelay.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/** The content of a datagram, as its receiver understands it. */
public sealed interface Message {
  /** How many ids a {@link FoundPeers} carries at most: one k-bucket. */
  int MAX_FOUND_PEERS = 20;

  /** Which kind of datagram carries this. */
  MessageKind kind();

  /** An application's message. */
  record User(Payload payload) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.USER;
    }
  }

  /** Asks the receiver for the ids nearest to {@code target} that it knows. */
  record FindPeers(PeerId target) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.FIND_PEERS;
    }
  }

  /** Ids that can be linked with, nearest to the asked target first; 20 at most. */
  record FoundPeers(List<PeerId> ids) implements Message {
    /** Copies the list. */
    public FoundPeers {
      ids = List.copyOf(ids);
    }

    @Override
    public MessageKind kind() {
      return MessageKind.FOUND_PEERS;
    }
  }

  /** Asks the receiver how it can be reached for a direct link. */
  record HandshakeOffer() implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.HANDSHAKE_OFFER;
    }
  }

  /**
   * How the sender can be reached.
   *
   * @param url its WebSocket URL, or null if it does not listen
   * @param webRtc whether it can link by WebRTC
   */
  record HandshakeAnswer(@Nullable String url, boolean webRtc) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.HANDSHAKE_ANSWER;
    }
  }

  /**
   * A datagram of the receiver's went no further.
   *
   * @param code why
   * @param to whom it was for
   * @param nonce its nonce
   */
  record Notice(NoticeCode code, PeerId to, long nonce) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.NOTICE;
    }
  }

  /** A WebRTC signal, a JSON object that only the two browsers understand. */
  record Signal(String json) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.SIGNAL;
    }
  }
}
