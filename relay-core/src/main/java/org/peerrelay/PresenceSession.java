package org.peerrelay;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Payload;
import org.peerrelay.presence.FrameCodec;
import org.peerrelay.presence.PresenceConfig;
import org.peerrelay.presence.PresenceDrop;
import org.peerrelay.presence.PresenceEffects;
import org.peerrelay.presence.PresenceFrame;
import org.peerrelay.presence.PresenceListener;
import org.peerrelay.presence.PresenceNode;
import org.peerrelay.swarm.SwarmListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a {@link Presence} that the control loop owns: hands the state machine what comes in
 * the swarm, and the application what becomes of it.
 */
final class PresenceSession<T>
    implements SwarmListener, SwarmChannels.Taker, PresenceEffects, PresenceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  private final Presence<T> presence;
  private final Swarm swarm;
  private final PresenceCodec<T> codec;
  private final PresenceListeners<T> listeners;
  private final long channel;
  private final PresenceNode node;

  /** Whether the application is to be told who is online. */
  private boolean isNews = true;

  PresenceSession(
      Presence<T> presence,
      Swarm swarm,
      PresenceCodec<T> codec,
      String name,
      int maxDataBytes,
      PresenceListeners<T> listeners) {
    this.presence = presence;
    this.swarm = swarm;
    this.codec = codec;
    this.listeners = listeners;
    this.channel = swarm.key().presence(name);
    PresenceConfig byDefault = PresenceConfig.DEFAULT;
    this.node =
        new PresenceNode(
            swarm.identity().id(),
            channel,
            byDefault.withBounds(byDefault.bounds().withMaxDataBytes(maxDataBytes)),
            new SecureRandom(),
            this,
            this,
            System.nanoTime());
  }

  /** By which it is called on the wire. */
  long channel() {
    return channel;
  }

  Map<PresenceDrop, Long> drops() {
    return node.drops();
  }

  void setData(byte[] data) {
    node.setData(data);
    isNews = true;
  }

  void close() {
    node.close();
    swarm.detach(this);
    presence.forgetAll();
  }

  @Override
  public void onJoin(Membership membership, long nowNs) {
    node.onMember(membership.peer(), nowNs);
  }

  @Override
  public void onLeave(PeerId peer, long nowNs) {
    node.onMemberLeft(peer, nowNs);
    presence.forget(peer);
  }

  @Override
  public void onData(PeerId from, Payload payload, long nowNs) {
    node.onMessage(from, payload.toBytes(), nowNs);
  }

  @Override
  public void onTick(long nowNs) {
    node.onTick(nowNs);
    if (isNews) {
      isNews = false;
      List<PeerId> online = presence.online();
      ListenerCalls.tell(() -> listeners.onOnline().accept(presence, online));
    }
  }

  @Override
  public void onLeft() {
    presence.forgetAll();
  }

  @Override
  public void send(PeerId member, PresenceFrame frame) {
    swarm.send(member, channel, FrameCodec.encode(frame));
  }

  @Override
  public byte[] sign(byte[] message) {
    return swarm.identity().sign(message);
  }

  @Override
  public boolean verify(PeerId member, byte[] message, byte[] signature) {
    Membership membership = swarm.membership(member);
    return membership != null && Identity.verify(membership.seal().publicKey(), message, signature);
  }

  @Override
  public long issuedMs() {
    return swarm.issueMs();
  }

  @Override
  public void bootstrapped() {
    ListenerCalls.tell(listeners.onBootstrapped());
  }

  @Override
  public void online(List<PeerId> joined, List<PeerId> left) {
    isNews = true;
    left.forEach(peer -> presence.setOnline(peer, false));
    for (PeerId peer : joined) {
      presence.setOnline(peer, true);
      T known = decode(node.peerData(peer), peer);
      if (known != null) {
        presence.setShown(peer, known);
      }
    }
  }

  @Override
  public void peerData(byte[] data, PeerId peer) {
    T decoded = decode(data, peer);
    if (decoded != null) {
      isNews = true;
      presence.setShown(peer, decoded);
      ListenerCalls.tell(() -> listeners.onPeerData().accept(decoded, peer));
    }
  }

  /** What the bytes mean; null if there are none, or they mean nothing. */
  private @Nullable T decode(byte @Nullable [] data, PeerId peer) {
    if (data == null) {
      return null;
    }
    try {
      return codec.decode(data);
    } catch (RuntimeException e) {
      LOG.debug("{} shows what cannot be read", peer, e);
      node.onUnreadableData();
      return null;
    }
  }

  @Override
  public void peerAdd(PeerId peer) {
    ListenerCalls.tell(() -> listeners.onPeerAdd().accept(peer));
  }

  @Override
  public void peerRemove(PeerId peer) {
    ListenerCalls.tell(() -> listeners.onPeerRemove().accept(peer));
  }

  @Override
  public void peerAddSeen(PeerId source, PeerId destination) {
    ListenerCalls.tell(() -> listeners.onPeerAddSeen().accept(source, destination));
  }

  @Override
  public void peerRemoveSeen(PeerId source, PeerId destination) {
    ListenerCalls.tell(() -> listeners.onPeerRemoveSeen().accept(source, destination));
  }
}
