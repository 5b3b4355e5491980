package org.peerrelay.presence;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Accept;
import org.peerrelay.presence.PresenceFrame.Alive;
import org.peerrelay.presence.PresenceFrame.Announce;
import org.peerrelay.presence.PresenceFrame.AnnounceOnly;
import org.peerrelay.presence.PresenceFrame.Answer;
import org.peerrelay.presence.PresenceFrame.Ask;
import org.peerrelay.presence.PresenceFrame.AskPages;
import org.peerrelay.presence.PresenceFrame.Digest;
import org.peerrelay.presence.PresenceFrame.Disconnect;
import org.peerrelay.presence.PresenceFrame.Fetch;
import org.peerrelay.presence.PresenceFrame.Page;
import org.peerrelay.presence.PresenceFrame.PeerVersions;
import org.peerrelay.presence.PresenceFrame.Push;
import org.peerrelay.presence.PresenceFrame.Versions;
import org.peerrelay.wire.JsonRecord;

/** What golden vectors say that frames of presence mean, as this code would put it. */
final class PresenceMeanings {
  private PresenceMeanings() {}

  static PresenceFrame frame(JsonRecord means) {
    return switch (means.text("frame")) {
      case "ask" -> new Ask(means.flag("urgent"));
      case "accept" -> new Accept();
      case "disconnect" -> new Disconnect(DisconnectReason.of(means.number("reason")));
      case "alive" -> new Alive(bits(means.text("summary")));
      case "push" -> new Push(records(means));
      case "answer" -> new Answer(records(means));
      case "announce" -> new Announce(names(means));
      case "fetch" -> new Fetch(means.flag("graft"), names(means));
      case "announce only" -> new AnnounceOnly();
      case "digest" ->
          new Digest(means.texts("sums").stream().mapToLong(PresenceMeanings::bits).toArray());
      case "versions" -> new Versions(parts(means), versions(means));
      case "ask pages" -> new AskPages(means.number("cursor"), means.number("pages"));
      case "page" -> new Page(means.number("cursor"), means.number("next"), records(means));
      default -> throw new AssertionError(means + " (expected: a frame that is known)");
    };
  }

  private static long bits(String digits) {
    return HexFormat.fromHexDigitsToLong(digits);
  }

  private static RecordKind kind(JsonRecord means) {
    return means.text("record").equals("links") ? RecordKind.LINKS : RecordKind.DATA;
  }

  private static PeerId peer(JsonRecord means) {
    return PeerId.ofHex(means.text("peer"));
  }

  private static List<SignedRecord> records(JsonRecord means) {
    return means.records("records").stream().map(PresenceMeanings::record).toList();
  }

  private static SignedRecord record(JsonRecord means) {
    long version = Long.parseLong(means.text("version"));
    byte[] signature = means.bytes("signature");
    if (kind(means) == RecordKind.DATA) {
      return new DataRecord(peer(means), version, means.bytes("data"), signature);
    }
    List<PeerId> links = means.texts("links").stream().map(PeerId::ofHex).toList();
    return new LinksRecord(peer(means), version, links, signature);
  }

  private static List<RecordId> names(JsonRecord means) {
    return means.records("names").stream()
        .map(name -> new RecordId(kind(name), peer(name), Long.parseLong(name.text("version"))))
        .toList();
  }

  private static List<Integer> parts(JsonRecord means) {
    List<?> parts = Objects.requireNonNull((List<?>) means.value("parts"));
    return parts.stream().map(part -> ((Number) part).intValue()).toList();
  }

  private static List<PeerVersions> versions(JsonRecord means) {
    return means.records("peers").stream()
        .map(
            peer ->
                new PeerVersions(
                    peer(peer),
                    Long.parseLong(peer.text("links")),
                    Long.parseLong(peer.text("data"))))
        .toList();
  }
}
