package org.peerrelay.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.Access;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Tag;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.node.NodeListener;
import org.peerrelay.node.RelayNode;
import org.peerrelay.node.Transport;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.overlay.DialPolicy;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.wire.binary.MembershipCodec;
import org.peerrelay.wire.legacy.LegacyWriter;

/**
 * A handler on a channel without socket, and a node behind it whose control loop stands still until
 * it is told to go on. So the test alone decides which of the two threads comes first.
 */
final class HandlerBench implements Transport, NodeListener, AutoCloseable {
  private static final long DEADLINE_S = 20;

  final Identity identity = Identity.generate(new SecureRandom());
  final PeerId self = identity.id();
  final List<String> events = Collections.synchronizedList(new ArrayList<>());
  final LinkHost host;
  final NodeSettings settings =
      new NodeSettings(
          identity,
          null,
          null,
          List.of(),
          true,
          true,
          null,
          null,
          NodeConfig.RELAY,
          TransportConfig.DEFAULT,
          Access.open(),
          TrustedProxies.NONE,
          AllowedOrigins.ALL,
          null,
          ClientTls.ofJava(),
          () -> ConnectionLimits.DEFAULT);
  final EmbeddedChannel channel = new EmbeddedChannel();
  ConnectionLimits limits = ConnectionLimits.DEFAULT;
  private final Inbox inbox;
  private CountDownLatch held = new CountDownLatch(0);

  HandlerBench() {
    RelayNode node = new RelayNode(self, NodeConfig.RELAY, new Random(2), this, this);
    inbox = new Inbox(1_000_000, node::settle);
    OwnAddress address =
        new OwnAddress(true, false, DialPolicy.of(null, true), url -> {}, url -> {});
    address.bound(1, "ws://127.0.0.1:1");
    host =
        new LinkHost(
            self,
            new Openings(identity, address, 65_536, true),
            node,
            inbox,
            TransportConfig.DEFAULT,
            new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE),
            new LinkRegistry(),
            settings.access(),
            () -> limits,
            new Admission(() -> limits, node.counters()));
    hold();
  }

  void add(ChannelHandler handler) {
    channel.pipeline().addLast(handler);
  }

  /** A legacy link with {@code peer}, whose handler stands on the channel. */
  WebSocketLink link(PeerId peer, @Nullable String dialedUrl) {
    WebSocketLink link =
        new WebSocketLink(
            peer,
            dialedUrl,
            LinkFormat.LEGACY,
            List.of(LegacyWriter.hello(self)),
            channel,
            host.config(),
            host.counters());
    add(new LegacyLinkHandler(host, link));
    return link;
  }

  private void hold() {
    CountDownLatch latch = new CountDownLatch(1);
    held = latch;
    inbox.post(
        nowNs -> {
          try {
            latch.await(DEADLINE_S, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Lets the control loop handle all that has been posted, then the channel's loop. */
  void goOn() {
    CompletableFuture<Void> handled = new CompletableFuture<>();
    inbox.post(nowNs -> handled.complete(null));
    held.countDown();
    handled.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
    hold();
    channel.runPendingTasks();
  }

  long dropped(DropReason reason) {
    return host.counters().snapshot().dropped().getOrDefault(reason, 0L);
  }

  @Override
  public void close() {
    channel.finishAndReleaseAll();
    goOn();
    held.countDown();
  }

  @Override
  public void dial(String url, @Nullable PeerId expected) {
    events.add("dial " + url);
  }

  @Override
  public void verify(String url, PeerId peer) {
    events.add("verify " + url);
  }

  @Override
  public void close(Link link, CloseReason reason) {
    ((WebSocketLink) link).close(reason);
  }

  @Override
  public void ping(Link link) {
    events.add("ping");
  }

  @Override
  public void tellGoingDown(Link link, int delayMs) {}

  @Override
  public Pointer pointer(PeerId peer, List<PeerId> relays, int lifetimeS) {
    return new Pointer(peer, relays, 1, lifetimeS, null);
  }

  @Override
  public Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving) {
    return MembershipCodec.sign(identity, swarm, 1, lifetimeS, leaving, tag);
  }

  @Override
  public boolean holds(Membership membership) {
    return MembershipCodec.holds(membership);
  }

  @Override
  public void onPong(PeerId from, long nonce) {}

  @Override
  public void onTraceHop(PeerId from, Message.TraceHop hop) {}

  @Override
  public void transmit(Header header, Message message, boolean wantsAnswer, Verdict.Forward to) {}

  @Override
  public void onMessage(Arrival arrival, Payload payload) {
    boolean json = payload.kind() == Payload.Kind.JSON;
    events.add("message " + (json ? payload.jsonText() : payload));
  }

  @Override
  public void onPeer(PeerId peer) {
    events.add("up");
  }

  @Override
  public void onPeerLost(PeerId peer) {
    events.add("down");
  }

  @Override
  public void onConnectFailed(PeerId peer, ConnectFailure failure) {
    events.add("failed " + failure);
  }

  @Override
  public void onUndeliverable(PeerId to, long nonce, DropReason reason) {
    events.add("undeliverable " + reason);
  }
}
