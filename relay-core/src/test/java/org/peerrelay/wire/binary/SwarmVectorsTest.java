package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.wire.JsonRecord;

/** What is made of a swarm's key, and what members sign, is as the golden vectors have it. */
class SwarmVectorsTest {
  @TestFactory
  Stream<DynamicTest> keysHaveTheIdsTagsAndNumbersThatTheVectorsSay() {
    return ProtocolVectors.all("swarms").stream()
        .map(swarm -> dynamicTest(swarm.text("name"), () -> checkKey(swarm)));
  }

  private static void checkKey(JsonRecord swarm) {
    SwarmKey key = SwarmKey.of(swarm.bytes("key"));
    assertEquals(SwarmMeanings.id(swarm, "id"), key.swarm());
    for (JsonRecord tag : swarm.records("tags")) {
      assertEquals(SwarmMeanings.tag(tag), key.memberTag(SwarmMeanings.id(tag, "peer")));
    }
    checkNumbers(swarm.records("topics"), key::topic);
    checkNumbers(swarm.records("presences"), key::presence);
  }

  private static void checkNumbers(List<JsonRecord> entries, Function<String, Long> numberOf) {
    for (JsonRecord entry : entries) {
      assertEquals(SwarmMeanings.number(entry, "number"), numberOf.apply(entry.text("name")));
    }
  }

  @TestFactory
  Stream<DynamicTest> dataHaveTheTagsThatTheVectorsSay() {
    return each("data", (swarm, data) -> checkData(SwarmKey.of(swarm.bytes("key")), data));
  }

  private static void checkData(SwarmKey key, JsonRecord data) {
    assertEquals(
        SwarmMeanings.tag(data),
        key.dataTag(
            SwarmMeanings.id(data, "author"),
            SwarmMeanings.id(data, "to"),
            Long.parseLong(data.text("nonce")),
            SwarmMeanings.number(data, "number"),
            data.bytes("payload")));
  }

  @TestFactory
  Stream<DynamicTest> membershipsAreReadAndCheckedAsTheVectorsSay() {
    return each("memberships", SwarmVectorsTest::checkMembership);
  }

  private static void checkMembership(JsonRecord swarm, JsonRecord entry) throws Exception {
    Membership read = MembershipCodec.read(Unpooled.wrappedBuffer(entry.bytes("bytes")));

    assertEquals(SwarmMeanings.membership(entry.record("means")), read);
    assertEquals(entry.flag("signed"), MembershipCodec.holds(read));
    SwarmKey key = SwarmKey.of(swarm.bytes("key"));
    assertEquals(entry.flag("tagged"), key.memberTag(read.peer()).equals(read.tag()));
  }

  @TestFactory
  Stream<DynamicTest> memberSignsWhatTheVectorsSay() {
    PeerId author = ProtocolVectors.identity("dialer").id();
    return each(
        "memberships",
        (swarm, entry) -> {
          Membership means = SwarmMeanings.membership(entry.record("means"));
          if (entry.flag("signed") && means.peer().equals(author)) {
            assertEquals(means, signedLike(means));
          }
        });
  }

  private static Membership signedLike(Membership said) {
    return MembershipCodec.sign(
        ProtocolVectors.identity("dialer"),
        said.swarm(),
        said.issued(),
        said.lifetimeS(),
        said.leaving(),
        said.tag());
  }

  @TestFactory
  Stream<DynamicTest> recordsAreWrittenAsTheVectorsSay() {
    return each("records", (swarm, entry) -> checkRecord(entry));
  }

  private static void checkRecord(JsonRecord entry) throws Exception {
    SwarmRecord record = SwarmMeanings.record(entry.record("means"));
    byte[] content = SwarmContents.write(new Message.SwarmPublish(false, List.of(record)));

    byte[] expected = new byte[1 + entry.bytes("bytes").length];
    System.arraycopy(entry.bytes("bytes"), 0, expected, 1, expected.length - 1);
    assertArrayEquals(expected, content);
    assertEquals(new Message.SwarmPublish(false, List.of(record)), SwarmContents.publish(expected));
  }

  @TestFactory
  Stream<DynamicTest> digestsAreThoseOfTheVectors() {
    return each("digests", (swarm, entry) -> checkDigest(entry));
  }

  private static void checkDigest(JsonRecord entry) {
    SwarmDigest digest = new SwarmDigest();
    entry.texts("ids").forEach(id -> digest.add(PeerId.ofHex(id)));
    assertEquals(SwarmMeanings.digest(entry), digest);
  }

  /** Something that is checked of an entry of a swarm. */
  private interface Check {
    void check(JsonRecord swarm, JsonRecord entry) throws Exception;
  }

  /** A test for each entry of {@code member} of each swarm. */
  private static Stream<DynamicTest> each(String member, Check check) {
    return ProtocolVectors.all("swarms").stream()
        .flatMap(
            swarm ->
                DynamicTest.stream(
                    swarm.records(member).stream(),
                    entry -> swarm.text("name") + ": " + nameOf(entry),
                    (ThrowingConsumer<JsonRecord>) entry -> check.check(swarm, entry)));
  }

  private static String nameOf(JsonRecord entry) {
    return entry.has("name") ? entry.text("name") : entry.texts("ids").size() + " ids";
  }
}
