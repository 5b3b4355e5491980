package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.FuzzLoop;
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
  void whatIsAcceptedIsForwardedInAFormThatNpmPeersSurvive() {
    List<byte[]> frames = soundFrames();
    new FuzzLoop("legacy datagram", EXECUTIONS)
        .run(
            random -> {
              byte[] frame = Mutations.of(frames.get(random.nextInt(frames.size())), random);
              return Mutations.isUtf8(frame) && isForwardable(frame);
            })
        .assertAccepted(1, 50);
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedInOneOfTheTwoWaysOrAccepted() {
    List<byte[]> frames = soundFrames();
    new FuzzLoop("legacy datagram, no UTF-8", 10_000)
        .run(
            random -> {
              byte[] frame = frames.get(random.nextInt(frames.size())).clone();
              frame[random.nextInt(frame.length)] = (byte) (128 + random.nextInt(128));
              return accepts(frame);
            });
  }

  @Test
  void aFirstFrameIsAnIdOrRefused() {
    byte[] hello = NpmFrames.of("hello").getBytes(StandardCharsets.UTF_8);
    new FuzzLoop("legacy first frame", 20_000)
        .run(
            random -> {
              try {
                PeerId id = LegacyReader.readHello(Mutations.of(hello, random));
                assertEquals(id, LegacyReader.readHello(LegacyWriter.hello(id)));
                return true;
              } catch (MalformedFrameException refused) {
                return false;
              }
            })
        .assertAccepted(1, 99);
  }

  @Test
  void whatASocketOfNpmMaySendIsADatagramOrSomethingElse() {
    byte[] form = SocketForm.of(new byte[] {0, 9, 99, -1}, 0, 4, 1234).write(SELF).toBytes();
    new FuzzLoop("socket form", 20_000)
        .run(
            random -> {
              byte[] text = Mutations.of(form, random);
              SocketForm read =
                  SocketForm.read(Payload.json(new String(text, StandardCharsets.UTF_8)));
              if (read == null) {
                return false;
              }
              SocketForm again = Objects.requireNonNull(SocketForm.read(read.write(SELF)));
              assertEquals(read.port(), again.port());
              assertArrayEquals(bytes(read), bytes(again));
              return true;
            })
        .assertAccepted(1, 99);
  }

  private static byte[] bytes(SocketForm form) {
    byte[] bytes = new byte[form.sizeBytes()];
    form.copyTo(bytes, 0, bytes.length);
    return bytes;
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

  private static boolean isForwardable(byte[] frame) throws Exception {
    LegacyDatagram datagram;
    try {
      datagram = LegacyReader.read(frame);
    } catch (MalformedFrameException | UnfitDatagramException refused) {
      return false;
    }
    String text = new String(frame, StandardCharsets.UTF_8);
    try {
      String written = WrittenFrame.forward(datagram, SELF);
      checkReadAgain(datagram, written);
      Object forwarded = JsonTree.parse(written);
      NpmShape.check(forwarded, SELF.hex());
      checkSameMeaning(datagram.header(), JsonTree.parse(text), forwarded);
    } catch (AssertionError e) {
      throw new AssertionError("accepted: " + text, e);
    }
    return true;
  }

  /** The next relay sees the same datagram, one hop on; the router lets no full path go on. */
  private static void checkReadAgain(LegacyDatagram datagram, String written) throws Exception {
    Header header = datagram.header();
    if (header.path().size() == Header.MAX_PATH) {
      return;
    }
    LegacyDatagram again = LegacyReader.read(written.getBytes(StandardCharsets.UTF_8));
    List<PeerId> path = new ArrayList<>(header.path());
    path.add(SELF);
    assertEquals(
        new Header(header.to(), header.from(), header.nonce(), header.kind(), path),
        again.header());
    assertEquals(datagram.message(), again.message());
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
