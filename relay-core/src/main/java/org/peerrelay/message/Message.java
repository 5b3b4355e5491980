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
   * @param via the relay that was to have its target; null if none was named
   */
  record Notice(NoticeCode code, PeerId to, long nonce, @Nullable PeerId via) implements Message {
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

  /**
   * Tells where a peer is.
   *
   * @param copy whether the receiver is to keep it and not to pass it on
   * @param ageS how many seconds of its lifetime are over, at least
   */
  record Publish(Pointer pointer, boolean copy, int ageS) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.POINTER;
    }
  }

  /**
   * Asks where {@code target} is.
   *
   * @param asker the relay to tell
   */
  record Locate(PeerId target, PeerId asker) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.LOCATE;
    }
  }

  /** Tells a relay that has asked where {@code pointer}'s peer is. */
  record Located(Pointer pointer) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.LOCATED;
    }
  }

  /** Asks the target to answer with a {@link Pong}. */
  record Ping() implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.PING;
    }
  }

  /** Tells that the receiver's datagram {@code nonce} has arrived. */
  record Pong(long nonce) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.PONG;
    }
  }

  /** Has every node on the way to the target, and that, report itself. */
  record Trace() implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.TRACE;
    }
  }

  /**
   * What a node did with a trace of the receiver's.
   *
   * @param nonce the trace's
   * @param hopsLeft how many hops it had left when it came in
   * @param verdict what became of it
   * @param next the neighbour to which it went, or null
   */
  record TraceHop(long nonce, int hopsLeft, HopVerdict verdict, @Nullable PeerId next)
      implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.TRACE_HOP;
    }
  }
}
