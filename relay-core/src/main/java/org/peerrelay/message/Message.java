package org.peerrelay.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/** The content of a datagram, as its receiver understands it. */
public sealed interface Message {
  /** How many ids a {@link FoundPeers} carries at most: one k-bucket. */
  int MAX_FOUND_PEERS = 20;

  /**
   * How many members one datagram tells of: each signature costs a receiver a tenth of a
   * millisecond, and nobody else waits for longer than some.
   */
  int MAX_SWARM_RECORDS = 32;

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

  /**
   * Tells relays who is a member of a swarm: a member tells its relay, and relays those that are
   * nearer to the swarm's id.
   *
   * @param copy whether the receiver is to keep it and not to pass it on
   * @param records up to {@link #MAX_SWARM_RECORDS}, of any swarms
   */
  record SwarmPublish(boolean copy, List<SwarmRecord> records) implements Message {
    /** Copies the list. */
    public SwarmPublish {
      records = List.copyOf(records);
    }

    @Override
    public MessageKind kind() {
      return MessageKind.SWARM_PUBLISH;
    }
  }

  /**
   * Tells a member, or a relay that has members, who has come and gone.
   *
   * @param token that of the question by which the receiver wants to be told
   * @param complete among these ids, all who are members are in the records, or null: no such claim
   * @param records up to {@link #MAX_SWARM_RECORDS}
   */
  record SwarmNews(PeerId swarm, long token, @Nullable IdRange complete, List<SwarmRecord> records)
      implements Message {
    /** Copies the list. */
    public SwarmNews {
      records = List.copyOf(records);
    }

    @Override
    public MessageKind kind() {
      return MessageKind.SWARM_NEWS;
    }
  }

  /**
   * Asks for the members of a swarm that the asker does not know, and for news of them from now on.
   *
   * @param asker to whom the answer goes: a member, or a relay that has some
   * @param token comes with the answer and all news
   * @param known the members that the asker knows
   */
  record SwarmSync(PeerId swarm, PeerId asker, long token, SwarmDigest known) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.SWARM_SYNC;
    }
  }

  /**
   * From one member of a swarm to another, or to all.
   *
   * @param toAll whether it is for all members; the datagram's target is the swarm's id then
   * @param swarm the swarm's id
   * @param channel which of the swarm's topics, or of its presences, it belongs to
   * @param tag shows that its author knows the swarm's key
   * @param payload bytes
   */
  record SwarmData(boolean toAll, PeerId swarm, long channel, Tag tag, Payload payload)
      implements Message {
    @Override
    public MessageKind kind() {
      return toAll ? MessageKind.SWARM_CAST : MessageKind.SWARM_DATA;
    }
  }

  /**
   * What a member has sent to all, from a relay that knows where they are to one that has some.
   *
   * @param data what the receiver is to pass on to its own members; the datagram's author has made
   *     it
   */
  record SwarmFanOut(SwarmData data) implements Message {
    @Override
    public MessageKind kind() {
      return MessageKind.SWARM_FAN_OUT;
    }
  }
}
