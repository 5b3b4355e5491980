package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.Access;
import org.peerrelay.access.AccessVerdict;
import org.peerrelay.access.Newcomer;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Refusal;

/** Who is at the other end of a connection, for {@link Access} to judge; and who was refused. */
final class Newcomers {
  private static final AttributeKey<String> TOKEN = AttributeKey.valueOf(Newcomers.class, "token");
  private static final AttributeKey<Boolean> INVITED =
      AttributeKey.valueOf(Newcomers.class, "invited");

  private Newcomers() {}

  /** The connection is made to a URL that the operator has given. */
  static void invite(Channel channel) {
    channel.attr(INVITED).set(true);
  }

  /** Who asks for an upgrade. The token is kept for {@link #of}. */
  static Newcomer atDoor(Channel channel, HttpRequest request) {
    String token = ShownToken.of(request.headers(), request.uri());
    channel.attr(TOKEN).set(token);
    return Newcomer.unnamed(address(channel), token);
  }

  /** Whose link it is. */
  static Newcomer of(Channel channel, Link link) {
    return new Newcomer(
        link.peer(),
        address(channel),
        link.format() == LinkFormat.LEGACY,
        link.relays(),
        channel.attr(TOKEN).get(),
        isInvited(channel));
  }

  static boolean isInvited(Channel channel) {
    return channel.attr(INVITED).get() != null;
  }

  static @Nullable InetAddress address(Channel channel) {
    InetSocketAddress client = ClientAddress.of(channel);
    return client == null ? null : client.getAddress();
  }

  /** Counts somebody who does not come in, before there is a link. */
  static void countRefused(Counters counters, AccessVerdict verdict) {
    counters.countUnlinked(CloseReason.NOT_ALLOWED);
    if (verdict == AccessVerdict.NO_TOKEN) {
      counters.countRefused(Refusal.NO_TOKEN);
    } else if (verdict == AccessVerdict.UNANSWERED) {
      counters.countRefused(Refusal.ACCESS_UNANSWERED);
    }
  }
}
