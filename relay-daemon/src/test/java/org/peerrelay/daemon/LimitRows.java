package org.peerrelay.daemon;

import static org.peerrelay.daemon.LimitRow.bytes;
import static org.peerrelay.daemon.LimitRow.closed;
import static org.peerrelay.daemon.LimitRow.dropped;
import static org.peerrelay.daemon.LimitRow.http;
import static org.peerrelay.daemon.LimitRow.number;
import static org.peerrelay.daemon.LimitRow.perS;
import static org.peerrelay.daemon.LimitRow.refused;
import static org.peerrelay.daemon.LimitRow.seconds;

import java.util.ArrayList;
import java.util.List;
import org.peerrelay.access.AccessCallout;
import org.peerrelay.daemon.channels.ChannelLimits;
import org.peerrelay.daemon.gateway.GatewayLimits;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.overlay.OverlayConfig;
import org.peerrelay.relay.Refusal;
import org.peerrelay.relay.RouterConfig;
import org.peerrelay.swarm.DirectoryConfig;
import org.peerrelay.transport.ConnectionLimits;
import org.peerrelay.transport.NoticeRate;
import org.peerrelay.transport.ServerTls;
import org.peerrelay.transport.TransportConfig;
import org.peerrelay.wire.JsonScanner;

/** The rows of docs/limits.md, made from the constants of the code. */
final class LimitRows {
  private LimitRows() {}

  /** All of them, in the order of the page. */
  static List<LimitRow> rows() {
    List<LimitRow> rows = new ArrayList<>();
    addConnections(rows);
    addLinks(rows);
    addInside(rows);
    addSwarms(rows);
    addHttp(rows);
    addChannels(rows);
    addSessions(rows);
    return rows;
  }

  private static void addConnections(List<LimitRow> rows) {
    ConnectionLimits limits = ConnectionLimits.DEFAULT;
    TransportConfig transport = TransportConfig.DEFAULT;
    rows.add(
        new LimitRow(
            "connections",
            limits.maxConnections(),
            "--max-connections",
            "taking all file descriptors and the memory",
            refused(Refusal.CONNECTIONS_FULL),
            closed(CloseReason.FULL)));
    rows.add(
        new LimitRow(
            "connections of one address",
            limits.maxConnectionsPerAddress(),
            "--max-connections-per-address",
            "one machine that takes them all",
            refused(Refusal.ADDRESS_FULL),
            closed(CloseReason.FULL)));
    rows.add(
        new LimitRow(
            "new connections of one address",
            perS(limits.connectionsPerS()) + ", and at once",
            "--connection-rate",
            "handshakes one after the other, which cost signatures",
            refused(Refusal.ADDRESS_RATE),
            closed(CloseReason.FULL)));
    rows.add(
        new LimitRow(
            "handshake, from the connection to the id",
            seconds(transport.handshakeNs()),
            "",
            "handshakes that are begun and never ended",
            closed(CloseReason.HANDSHAKE_TIMEOUT)));
    rows.add(
        new LimitRow(
            "TLS handshakes that wait for a thread",
            ServerTls.MAX_WAITING,
            "",
            "handshakes, which cost milliseconds, from many addresses at once",
            closed(CloseReason.TLS_FAILED)));
    rows.add(
        new LimitRow(
            "bytes before the end of a TLS handshake",
            bytes(ServerTls.MAX_EARLY_BYTES),
            "",
            "data that nobody can read yet",
            closed(CloseReason.TLS_FAILED)));
    rows.add(
        new LimitRow(
            "questions to `--access-url` at once",
            "%s, about one address %s, %s s each"
                .formatted(
                    number(AccessCallout.MAX_PENDING),
                    number(AccessCallout.MAX_PENDING_PER_ADDRESS),
                    number(AccessCallout.DEADLINE_S)),
            "",
            "newcomers that come faster than the service answers",
            refused(Refusal.ACCESS_UNANSWERED)));
  }

  private static void addLinks(List<LimitRow> rows) {
    ConnectionLimits limits = ConnectionLimits.DEFAULT;
    TransportConfig transport = TransportConfig.DEFAULT;
    OverlayConfig overlay = OverlayConfig.RELAY;
    int times = ConnectionLimits.RELAY_TIMES;
    rows.add(
        new LimitRow(
            "frames of one link",
            perS(limits.framesPerS()) + "; of relays " + perS((long) times * limits.framesPerS()),
            "--link-rate",
            "a flood that takes the time of all others; the link is read more slowly",
            refused(Refusal.LINK_RATE)));
    rows.add(
        new LimitRow(
            "bytes of one link",
            perS(limits.bytesPerS()) + "; of relays " + perS((long) times * limits.bytesPerS()),
            "--link-bytes",
            "a flood that takes the bandwidth of all others; likewise",
            refused(Refusal.LINK_RATE)));
    rows.add(
        new LimitRow(
            "silence of a link",
            "pinged after %s, closed after %s"
                .formatted(seconds(overlay.pingAfterNs()), seconds(overlay.deadAfterNs())),
            "",
            "links whose other end has gone without a word",
            closed(CloseReason.SILENT)));
    rows.add(
        new LimitRow(
            "frame",
            bytes(transport.wire().maxFrameBytes()),
            "",
            "messages without end",
            closed(CloseReason.TOO_LARGE)));
    rows.add(
        new LimitRow(
            "payload",
            bytes(transport.wire().maxPayloadBytes()),
            "",
            "filling the queues of others",
            dropped(DropReason.TOO_LARGE)));
    rows.add(
        new LimitRow(
            "depth of JSON",
            JsonScanner.MAX_DEPTH,
            "",
            "JSON at which Node's parsers die",
            dropped(DropReason.TOO_DEEP)));
    rows.add(
        new LimitRow(
            "way of a datagram",
            Header.MAX_PATH + " relays",
            "",
            "datagrams that go round for ever",
            dropped(DropReason.HOP_LIMIT)));
    rows.add(
        new LimitRow(
            "what waits for a link whose peer reads slowly",
            bytes(transport.maxQueueBytes()) + "; then the oldest goes",
            "",
            "receivers that do not read",
            dropped(DropReason.QUEUE_FULL)));
    rows.add(
        new LimitRow(
            "what waits for all links",
            limits.queuePercent() + " % of the memory for buffers; then there are no new links",
            "--queue-memory",
            "many receivers that do not read",
            refused(Refusal.QUEUES_FULL),
            closed(CloseReason.FULL)));
  }

  private static void addInside(List<LimitRow> rows) {
    RouterConfig router = NodeConfig.RELAY.router();
    OverlayConfig overlay = OverlayConfig.RELAY;
    rows.add(
        new LimitRow(
            "what waits for the control loop",
            bytes(TransportConfig.DEFAULT.maxInboxBytes()),
            "",
            "floods of control messages, and of messages to the relay itself",
            dropped(DropReason.QUEUE_FULL)));
    rows.add(
        new LimitRow(
            "notices and trace reports for one link",
            perS(NoticeRate.PER_LINK.burst()) + " each",
            "",
            "floods of datagrams that come to nothing; the rest gets no answer"));
    rows.add(
        new LimitRow(
            "pointers taken from one link",
            perS(NoticeRate.PER_LINK.burst()) + "; of relays in the table all",
            "",
            "signatures that have to be checked",
            dropped(DropReason.RATE_LIMITED)));
    rows.add(
        new LimitRow(
            "pointers held",
            router.pointerEntries(),
            "",
            "invented peers that publish where they are",
            refused(Refusal.POINTERS_FULL)));
    rows.add(
        new LimitRow(
            "questions where a peer is, at once",
            overlay.pointers().maxAsked(),
            "",
            "datagrams to invented peers",
            refused(Refusal.QUESTIONS_FULL)));
    rows.add(
        new LimitRow(
            "peers that datagrams have shown, until they are dealt with",
            "1,024 of each kind",
            "",
            "datagrams of invented peers",
            refused(Refusal.UNSETTLED_FULL)));
    rows.add(
        new LimitRow(
            "dial-backs at once",
            overlay.table().maxDialBacks(),
            "",
            "relays that name the addresses of others as theirs",
            refused(Refusal.DIAL_BACK_FAILED)));
    rows.add(
        new LimitRow(
            "relays linked beside those in the table",
            overlay.table().maxSpares(),
            "",
            "relays without end",
            closed(CloseReason.SURPLUS)));
    rows.add(
        new LimitRow(
            "authors remembered to find the way back",
            "2 × " + number(router.reversePathEntries()),
            "",
            "invented authors; the oldest are forgotten"));
    rows.add(
        new LimitRow(
            "ids that have proven themselves",
            overlay.maxProven(),
            "",
            "ids without end; the oldest are forgotten"));
  }

  private static void addSwarms(List<LimitRow> rows) {
    DirectoryConfig swarms = DirectoryConfig.DEFAULT;
    rows.add(
        new LimitRow(
            "members of swarms",
            "%s, of one swarm %s"
                .formatted(number(swarms.maxMembers()), number(swarms.maxMembersPerSwarm())),
            "",
            "made-up swarms, and members that are made up by who knows a key",
            refused(Refusal.SWARMS_FULL)));
    rows.add(
        new LimitRow(
            "swarms of one link",
            "%s, and one more every %.0f s"
                .formatted(number(swarms.maxSwarmsPerMember()), 1 / swarms.joinsPerS()),
            "",
            "swarms without end, each of which is remembered when it has been left",
            refused(Refusal.SWARMS_FULL)));
    rows.add(
        new LimitRow(
            "memberships taken from one link",
            "as pointers, together; of one swarm " + perS(swarms.publishesPerS()),
            "",
            "coming and going of which all others are told; signatures that have to be checked",
            dropped(DropReason.RATE_LIMITED),
            refused(Refusal.SWARM_FLAPPING),
            refused(Refusal.SWARM_FORGED)));
    rows.add(
        new LimitRow(
            "what one member sends to all of a swarm",
            "%s, %s copies a second"
                .formatted(bytes(swarms.maxCastBytes()), number(swarms.castCopiesPerS())),
            "",
            "one frame that becomes thousands",
            refused(Refusal.SWARM_CASTS),
            refused(Refusal.SWARM_STRANGER)));
    rows.add(
        new LimitRow(
            "questions for the members of a swarm",
            "%s, %s members".formatted(perS(swarms.answersPerS()), perS(swarms.answeredPerS())),
            "",
            "small questions with large answers",
            refused(Refusal.SWARM_QUESTIONS)));
  }

  private static void addHttp(List<LimitRow> rows) {
    HttpLimits limits = HttpLimits.DEFAULT;
    rows.add(
        new LimitRow(
            "header fields of an HTTP request",
            number(limits.maxHeaders()) + ", 8 KiB in all",
            "",
            "requests whose head costs more than it says",
            http("too-many-headers"),
            http("headers-too-large")));
    rows.add(
        new LimitRow(
            "time for the body of a request",
            seconds(limits.bodyNs()),
            "",
            "bodies that never end",
            http("body-timeout")));
    rows.add(
        new LimitRow(
            "time to read an answer",
            seconds(limits.answerNs()),
            "",
            "clients that ask and do not read",
            http("answer-timeout")));
    rows.add(
        new LimitRow(
            "time between two requests",
            seconds(limits.idleNs()),
            "",
            "connections for nothing",
            http("idle-connection")));
  }

  private static void addChannels(List<LimitRow> rows) {
    ChannelLimits limits = ChannelLimits.DEFAULT;
    rows.add(
        new LimitRow(
            "channels",
            limits.maxChannels(),
            "--max-channels",
            "channels without end",
            http("too-many-channels")));
    rows.add(
        new LimitRow(
            "channels of one address",
            limits.maxChannelsPerAddress(),
            "--max-channels-per-address",
            "one machine that takes them all",
            http("too-many-channels-of-address")));
    rows.add(
        new LimitRow(
            "members of a channel",
            limits.maxMembers(),
            "--max-members",
            "one signal that makes thousands",
            http("channel-full")));
    rows.add(
        new LimitRow(
            "signal",
            bytes(limits.maxBodyBytes()),
            "--max-signal-bytes",
            "the same, with large ones",
            http("body-too-large")));
    rows.add(
        new LimitRow(
            "channel without joins and signals",
            seconds(limits.idleNs()),
            "--channel-idle",
            "channels that nobody needs",
            http("idle-channel")));
    rows.add(
        new LimitRow(
            "what waits for a member",
            bytes(limits.maxPendingBytes()),
            "",
            "members that do not read",
            http("slow-reader")));
  }

  private static void addSessions(List<LimitRow> rows) {
    GatewayLimits limits = GatewayLimits.DEFAULT;
    rows.add(
        new LimitRow(
            "sessions",
            limits.maxSessions(),
            "--max-sessions",
            "sessions without end, each of which is a peer",
            http("too-many-sessions")));
    rows.add(
        new LimitRow(
            "sessions of one address, the last minute's included",
            limits.maxSessionsPerAddress(),
            "--max-sessions-per-address",
            "one machine that takes them all",
            http("too-many-sessions-of-address")));
    rows.add(
        new LimitRow(
            "messages of a session",
            perS(limits.messagesPerS()),
            "--session-rate",
            "floods of requests",
            http("session-rate")));
    rows.add(
        new LimitRow(
            "what is kept for the reader of a session",
            number(limits.maxBacklogEvents()) + " events, " + bytes(limits.maxBacklogBytes()),
            "--session-backlog",
            "readers that do not come",
            http("backlog-overflow")));
    rows.add(
        new LimitRow(
            "session without requests and readers",
            seconds(limits.idleNs()),
            "--session-idle",
            "sessions that nobody needs",
            http("idle-session")));
  }
}
