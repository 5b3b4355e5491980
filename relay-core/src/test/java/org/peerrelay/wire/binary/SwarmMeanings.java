package org.peerrelay.wire.binary;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Seal;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;
import org.peerrelay.wire.JsonRecord;

/** What the golden vectors say of swarms, as this code would put it. */
final class SwarmMeanings {
  private SwarmMeanings() {}

  static Message publish(JsonRecord means) {
    return new Message.SwarmPublish(means.flag("copy"), records(means));
  }

  static Message news(JsonRecord means) {
    return new Message.SwarmNews(
        id(means, "swarm"), number(means, "token"), span(means), records(means));
  }

  private static @Nullable IdRange span(JsonRecord means) {
    if (means.isNull("span")) {
      return null;
    }
    List<PeerId> ids = means.texts("span").stream().map(PeerId::ofHex).toList();
    return new IdRange(ids.get(0), ids.get(1));
  }

  static Message sync(JsonRecord means) {
    return new Message.SwarmSync(
        id(means, "swarm"), id(means, "asker"), number(means, "token"), digest(means));
  }

  static Message.SwarmData data(boolean toAll, JsonRecord means) {
    return new Message.SwarmData(
        toAll,
        id(means, "swarm"),
        number(means, "number"),
        tag(means),
        Payload.bytes(means.bytes("payload")));
  }

  private static List<SwarmRecord> records(JsonRecord means) {
    return means.records("records").stream().map(SwarmMeanings::record).toList();
  }

  static SwarmRecord record(JsonRecord means) {
    return new SwarmRecord(
        membership(means.record("membership")),
        means.isNull("home") ? null : id(means, "home"),
        means.number("ageS"),
        means.flag("gone"));
  }

  static Membership membership(JsonRecord means) {
    return new Membership(
        id(means, "swarm"),
        id(means, "peer"),
        Long.parseLong(means.text("issued")),
        means.number("lifetimeS"),
        means.flag("leaves"),
        tag(means),
        new Seal(means.bytes("publicKey"), means.bytes("signature")));
  }

  static SwarmDigest digest(JsonRecord means) {
    return SwarmDigest.of(
        means.texts("sums").stream().mapToLong(HexFormat::fromHexDigitsToLong).toArray());
  }

  static Tag tag(JsonRecord means) {
    String digits = means.text("tag");
    return new Tag(
        HexFormat.fromHexDigitsToLong(digits, 0, 16),
        HexFormat.fromHexDigitsToLong(digits, 16, 32));
  }

  /** 64 bits, which stand in hexadecimal digits. */
  static long number(JsonRecord means, String name) {
    return HexFormat.fromHexDigitsToLong(means.text(name));
  }

  static PeerId id(JsonRecord means, String name) {
    return PeerId.ofHex(means.text(name));
  }
}
