package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;
import org.peerrelay.wire.UnfitDatagramException;

class SwarmContentsTest {
  private static final Identity MEMBER = Identity.generate(new SecureRandom());
  private static final PeerId SWARM = PeerId.ofHex("51".repeat(20));
  private static final PeerId HOME = PeerId.ofHex("40".repeat(20));
  private static final Membership SAID =
      MembershipCodec.sign(MEMBER, SWARM, 1_700_000_000_000L, 180, true, new Tag(-1, 2));
  private static final SwarmRecord RECORD = new SwarmRecord(SAID, HOME, 300, true);
  private static final Tag TAG = new Tag(3, -4);

  static Stream<Message> messages() {
    Message.SwarmData data =
        new Message.SwarmData(true, SWARM, -9, TAG, Payload.bytes(new byte[] {1, 2}));
    return Stream.of(
        new Message.SwarmPublish(false, List.of(new SwarmRecord(SAID, null, 0, false))),
        new Message.SwarmPublish(true, Collections.nCopies(32, RECORD)),
        new Message.SwarmNews(SWARM, 7, null, List.of()),
        new Message.SwarmNews(SWARM, -7, new IdRange(HOME, SWARM), List.of(RECORD)),
        new Message.SwarmSync(SWARM, HOME, 8, SwarmDigest.of(1, -2, 3)),
        data,
        new Message.SwarmData(false, SWARM, 9, TAG, Payload.bytes(new byte[0])),
        new Message.SwarmFanOut(data));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsWrittenIsRead(Message message) throws UnfitDatagramException {
    byte[] content = BinaryContents.write(message);
    assertEquals(message, BinaryContents.read(message.kind(), 0, content));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsCutShortIsMalformed(Message message) {
    byte[] content = BinaryContents.write(message);
    int payload =
        message instanceof Message.SwarmData || message instanceof Message.SwarmFanOut ? 3 : 1;
    byte[] cut = Arrays.copyOf(content, content.length - payload);
    if (content.length > 30 && cut.length != 44) {
      assertThrows(UnfitDatagramException.class, () -> BinaryContents.read(message.kind(), 0, cut));
    }
  }

  @Test
  void moreRecordsThanMayBeAreMalformed() {
    Message message = new Message.SwarmPublish(true, Collections.nCopies(33, RECORD));
    byte[] content = BinaryContents.write(message);
    assertThrows(
        UnfitDatagramException.class, () -> BinaryContents.read(message.kind(), 0, content));
  }

  @Test
  void theSignatureIsOfEveryField() {
    assertTrue(MembershipCodec.holds(SAID));
    for (Membership changed :
        List.of(
            changed(HOME, SAID.issued(), 180, true, SAID.tag()),
            changed(SWARM, SAID.issued() + 1, 180, true, SAID.tag()),
            changed(SWARM, SAID.issued(), 181, true, SAID.tag()),
            changed(SWARM, SAID.issued(), 180, false, SAID.tag()),
            changed(SWARM, SAID.issued(), 180, true, TAG),
            new Membership(SWARM, HOME, SAID.issued(), 180, true, SAID.tag(), SAID.seal()))) {
      assertFalse(MembershipCodec.holds(changed), changed::toString);
    }
  }

  private static Membership changed(
      PeerId swarm, long issued, int lifetimeS, boolean leaving, Tag tag) {
    return new Membership(swarm, MEMBER.id(), issued, lifetimeS, leaving, tag, SAID.seal());
  }
}
