package org.peerrelay.daemon.channels;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.daemon.http.ProblemException;
import org.peerrelay.daemon.http.Token;

/**
 * Which channels there are, and who is in them: a state machine that is told the time and says who
 * is to be told what. Not thread-safe.
 *
 * @param <S> what events are sent to
 */
final class Channels<S> {
  private static final class Room<S> {
    private final String address;
    private final Member<S> owner;
    private final Map<String, Member<S>> byCid = new LinkedHashMap<>();
    private final Map<String, Member<S>> byTokenDigest = new HashMap<>();
    private long busyNs;

    Room(String address, Member<S> owner, long nowNs) {
      this.address = address;
      this.owner = owner;
      this.busyNs = nowNs;
    }

    void add(Member<S> member) {
      byCid.put(member.cid(), member);
      byTokenDigest.put(Token.digest(member.token()), member);
    }

    void remove(Member<S> member) {
      byCid.remove(member.cid());
      byTokenDigest.remove(Token.digest(member.token()));
    }

    /**
     * A table finds the token by its digest, so that the time it takes says nothing of the token;
     * then the tokens themselves are compared in constant time.
     */
    boolean knows(String token) {
      Member<S> member = byTokenDigest.get(Token.digest(token));
      return member != null && MessageDigest.isEqual(bytes(member.token()), bytes(token));
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private final Supplier<ChannelLimits> limits;
  private final Supplier<String> names;
  private final Map<String, Room<S>> rooms = new HashMap<>();
  private final Map<String, Integer> channelsByAddress = new HashMap<>();

  /**
   * No channels yet.
   *
   * @param limits are asked for anew each time
   * @param names draws what nobody can guess: ids, and the tokens
   */
  Channels(Supplier<ChannelLimits> limits, Supplier<String> names) {
    this.limits = limits;
    this.names = names;
  }

  /** How many channels there are. */
  int size() {
    return rooms.size();
  }

  /**
   * Makes a channel with its owner in it.
   *
   * @param address whose channels are counted together
   * @throws ProblemException if there are too many
   */
  Member<S> create(String address, S stream, long nowNs) throws ProblemException {
    if (rooms.size() >= limits.get().maxChannels()) {
      throw ChannelRefusal.TOO_MANY_CHANNELS.exception();
    }
    if (channelsByAddress.getOrDefault(address, 0) >= limits.get().maxChannelsPerAddress()) {
      throw ChannelRefusal.TOO_MANY_FROM_ADDRESS.exception();
    }
    Member<S> owner = new Member<>(names.get(), names.get(), names.get(), stream, true);
    Room<S> room = new Room<>(address, owner, nowNs);
    room.add(owner);
    rooms.put(owner.id(), room);
    channelsByAddress.merge(address, 1, Integer::sum);
    return owner;
  }

  /**
   * Adds a member; the {@link #owner} is to be told.
   *
   * @throws ProblemException if there is no such channel, or no room in it
   */
  Member<S> join(String id, S stream, long nowNs) throws ProblemException {
    Room<S> room = room(id);
    if (room.byCid.size() >= limits.get().maxMembers()) {
      throw ChannelRefusal.CHANNEL_FULL.exception();
    }
    Member<S> member = new Member<>(id, names.get(), names.get(), stream, false);
    room.add(member);
    room.busyNs = nowNs;
    return member;
  }

  /**
   * Whether there is such a channel.
   *
   * @throws ProblemException if not
   */
  void check(String id) throws ProblemException {
    room(id);
  }

  private Room<S> room(String id) throws ProblemException {
    Room<S> room = rooms.get(id);
    if (room == null) {
      throw ChannelRefusal.NO_CHANNEL.exception();
    }
    return room;
  }

  /** The owner of a channel; null when that has gone. */
  @Nullable Member<S> owner(String id) {
    Room<S> room = rooms.get(id);
    return room == null ? null : room.owner;
  }

  /**
   * Takes a signal, and returns those who are to get it: everybody, its sender included, or the
   * member {@code cid}.
   *
   * @throws ProblemException if there is no such channel, if the token is nobody's in it, if there
   *     is no data, or if there is no such member, checked in this order
   */
  List<S> signal(SignalBody signal, String id, long nowNs) throws ProblemException {
    Room<S> room = room(id);
    if (signal.token() == null || !room.knows(signal.token())) {
      throw ChannelRefusal.BAD_TOKEN.exception();
    }
    if (signal.data() == null) {
      throw ChannelRefusal.NO_DATA.exception();
    }
    String cid = signal.cid();
    if (cid == null) {
      room.busyNs = nowNs;
      return room.byCid.values().stream().map(Member::stream).toList();
    }
    Member<S> receiver = room.byCid.get(cid);
    if (receiver == null) {
      throw ChannelRefusal.NO_MEMBER.exception();
    }
    room.busyNs = nowNs;
    return List.of(receiver.stream());
  }

  /**
   * Removes a member, and with its owner the channel.
   *
   * @return the streams that end with it. If the owner is still there, it is to be told
   */
  List<S> leave(Member<S> member) {
    Room<S> room = rooms.get(member.id());
    if (room == null) {
      return List.of();
    }
    room.remove(member);
    if (!member.owner()) {
      return List.of();
    }
    rooms.remove(member.id());
    channelsByAddress.computeIfPresent(
        room.address, (address, count) -> count > 1 ? count - 1 : null);
    return room.byCid.values().stream().map(Member::stream).toList();
  }

  /** Whether the channel of an owner has been idle for too long. */
  boolean isIdle(Member<S> owner, long nowNs) {
    Room<S> room = rooms.get(owner.id());
    return room != null && nowNs - room.busyNs >= limits.get().idleNs();
  }
}
