package org.peerrelay.daemon.interop;

import java.util.concurrent.atomic.AtomicLong;
import org.peerrelay.daemon.npm.NpmPeer;

/**
 * Who is who in a template of {@link HostileFrames}:
 *
 * <ul>
 *   <li>{@code $ME} the hostile client's id, {@code $VICTIM} the npm peer's, {@code $OTHER} another
 *       npm peer's, {@code $DAEMON} that of the victim's daemon, {@code $STRANGER} nobody's, all in
 *       quotes; {@code $BUFFER} the victim's as a Buffer
 *   <li>{@code $TO} the victim's in either form
 *   <li>{@code $N} a nonce that was not used before, in quotes
 *   <li>{@code $DAEMON_URL} and {@code $SERVER_URL}, where an npm peer listens, without
 * </ul>
 */
record HostileScene(RawClient me, NpmPeer victim, NpmPeer other, NpmPeer server, JavaPeer daemon) {
  private static final AtomicLong NONCES = new AtomicLong();

  String fill(String template, boolean toBuffer) {
    String buffer = RawClient.bufferForm(victim.id());
    return template
        .replace("$DAEMON_URL", daemon.url())
        .replace("$SERVER_URL", server.url())
        .replace("$ME", quoted(me.id()))
        .replace("$VICTIM", quoted(victim.id()))
        .replace("$OTHER", quoted(other.id()))
        .replace("$DAEMON", quoted(daemon.id()))
        .replace("$STRANGER", quoted("5".repeat(40)))
        .replace("$BUFFER", buffer)
        .replace("$TO", toBuffer ? buffer : quoted(victim.id()))
        .replace("$N", quoted(Long.toString(NONCES.incrementAndGet())));
  }

  private static String quoted(String id) {
    return "\"" + id + "\"";
  }
}
