package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.wire.FuzzSeed;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.Mutations;
import org.peerrelay.wire.UnfitDatagramException;

/**
 * Whatever is done to a frame, the reader refuses it in one of the two ways that it has, or what
 * becomes of it on its way through this node is a frame that an npm peer can take.
 */
class LegacyFuzzTest {
  private static final int EXECUTIONS = 100_000;
  private static final PeerId SELF = new PeerId(7, 7, 7);

  @Test
  void whatIsAcceptedIsForwardedInAFormThatNpmPeersSurvive() throws Exception {
    Random random = FuzzSeed.random(getClass());
    List<byte[]> frames = soundFrames();
    int accepted = 0;
    for (int i = 0; i < EXECUTIONS; i++) {
      byte[] frame = Mutations.of(frames.get(random.nextInt(frames.size())), random);
      if (Mutations.isUtf8(frame) && isForwardable(frame)) {
        accepted++;
      }
    }
    assertTrue(accepted > EXECUTIONS / 100, "too few were accepted: " + accepted);
    assertTrue(accepted < EXECUTIONS / 2, "too few were refused: " + (EXECUTIONS - accepted));
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedInOneOfTheTwoWaysOrAccepted() {
    Random random = FuzzSeed.random(getClass());
    List<byte[]> frames = soundFrames();
    for (int i = 0; i < 10_000; i++) {
      byte[] frame = frames.get(random.nextInt(frames.size())).clone();
      frame[random.nextInt(frame.length)] = (byte) (128 + random.nextInt(128));
      accepts(frame);
    }
  }

  @Test
  void aFirstFrameIsAnIdOrRefused() {
    Random random = FuzzSeed.random(getClass());
    byte[] hello = NpmFrames.of("hello").getBytes(StandardCharsets.UTF_8);
    int accepted = 0;
    int refusals = 0;
    for (int i = 0; i < 20_000; i++) {
      try {
        LegacyReader.readHello(Mutations.of(hello, random));
        accepted++;
      } catch (MalformedFrameException refused) {
        refusals++;
      }
    }
    assertTrue(accepted > 100 && refusals > 100, accepted + " accepted, " + refusals + " refused");
  }

  private static List<byte[]> soundFrames() {
    List<byte[]> frames = new ArrayList<>();
    NpmFrames.ALL.forEach(
        (name, frame) -> {
          if (!name.equals("hello")) {
            frames.add(frame.getBytes(StandardCharsets.UTF_8));
          }
        });
    return frames;
  }

  private static boolean accepts(byte[] frame) {
    try {
      LegacyReader.read(frame);
      return true;
    } catch (MalformedFrameException | UnfitDatagramException refused) {
      return false;
    }
  }

  private static boolean isForwardable(byte[] frame) throws IOException {
    LegacyDatagram datagram;
    try {
      datagram = LegacyReader.read(frame);
    } catch (MalformedFrameException | UnfitDatagramException refused) {
      return false;
    }
    String text = new String(frame, StandardCharsets.UTF_8);
    try {
      datagram.message();
      Object forwarded = JsonTree.parse(WrittenFrame.forward(datagram, SELF));
      NpmShape.check(forwarded, SELF.hex());
      checkSameMeaning(datagram.header(), JsonTree.parse(text), forwarded);
    } catch (AssertionError e) {
      throw new AssertionError("accepted: " + text, e);
    }
    return true;
  }

  /** Readers that go by the original and by what was forwarded must not disagree. */
  private static void checkSameMeaning(Header header, Object original, Object forwarded) {
    Map<?, ?> before = (Map<?, ?>) original;
    Map<?, ?> after = (Map<?, ?>) forwarded;
    assertEquals(before.get("data"), after.get("data"));
    assertEquals(before.get("nonce"), after.get("nonce"));
    assertEquals(header.to().hex(), after.get("to"));
    if (before.get("from") instanceof String from) {
      assertEquals(from.toLowerCase(Locale.ROOT), after.get("from"));
    }
    assertTrue(
        after.get("path") instanceof List<?> path && path.size() == header.path().size() + 1);
  }
}
