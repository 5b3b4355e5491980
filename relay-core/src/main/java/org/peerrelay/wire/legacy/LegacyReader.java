package org.peerrelay.wire.legacy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.legacy.LegacyDatagram.Slice;

/**
 * Reads one legacy text frame.
 *
 * <p>npm peers throw on frames of the wrong shape and end their process, so nothing that this
 * reader returns may be of a shape that they cannot take: every member is checked, one that stands
 * twice is refused (readers differ in which one counts), and so is a known name or type spelled
 * with escapes. Members that the format does not know are passed over.
 */
public final class LegacyReader {
  private static final int MAX_NAME = 256;
  private static final int MAX_TYPE = 64;
  private static final int MAX_NONCE_DIGITS = 15;

  private final byte[] frame;
  private final JsonScanner json;

  private @Nullable PeerId to;
  private @Nullable PeerId from;
  private @Nullable List<PeerId> path;
  private long nonce = -1;
  private @Nullable Slice data;
  private @Nullable MessageKind kind;
  private @Nullable Slice content;

  private LegacyReader(byte[] frame) {
    this.frame = frame;
    this.json = new JsonScanner(frame, 0, frame.length);
  }

  /**
   * Reads the first frame of a link, the sender's id in either spelling.
   *
   * @throws MalformedFrameException if it is anything else
   */
  public static PeerId readHello(byte[] frame) throws MalformedFrameException {
    JsonScanner json = new JsonScanner(frame, 0, frame.length);
    try {
      PeerId id = LegacyIds.read(json);
      json.expectEnd();
      return id;
    } catch (UnfitDatagramException otherShape) {
      throw new MalformedFrameException("first frame: " + otherShape.getMessage());
    }
  }

  /**
   * Reads a datagram. The result refers to {@code frame}, which must not change any more.
   *
   * @throws MalformedFrameException if the frame is no JSON
   * @throws UnfitDatagramException if it is JSON but no datagram that may be passed on
   */
  public static LegacyDatagram read(byte[] frame)
      throws MalformedFrameException, UnfitDatagramException {
    try {
      return new LegacyReader(frame).readFrame();
    } catch (UnfitDatagramException unfit) {
      checkJson(frame);
      throw unfit;
    }
  }

  /** Where something unexpected stopped the reader, the frame may still turn out to be no JSON. */
  private static void checkJson(byte[] frame) throws MalformedFrameException {
    JsonScanner json = new JsonScanner(frame, 0, frame.length);
    try {
      json.skipValue();
      json.expectEnd();
    } catch (UnfitDatagramException tooDeepToTell) {
      return;
    }
  }

  private LegacyDatagram readFrame() throws MalformedFrameException, UnfitDatagramException {
    require(json.passes('{'), "frame", "an object");
    if (!json.passes('}')) {
      do {
        readMember();
      } while (json.passes(','));
      json.expect('}');
    }
    json.expectEnd();
    return datagram();
  }

  private void readMember() throws MalformedFrameException, UnfitDatagramException {
    String name = json.plainString(MAX_NAME);
    json.expect(':');
    switch (name) {
      case "to" -> {
        once(to == null, name);
        to = LegacyIds.read(json);
      }
      case "from" -> {
        once(from == null, name);
        from = LegacyIds.read(json);
      }
      case "path" -> {
        once(path == null, name);
        path = readPath();
      }
      case "nonce" -> {
        once(nonce < 0, name);
        nonce = readNonce();
      }
      case "data" -> {
        once(data == null, name);
        readData();
      }
      default -> json.skipValue();
    }
  }

  private List<PeerId> readPath() throws MalformedFrameException, UnfitDatagramException {
    List<PeerId> ids = new ArrayList<>(4);
    require(json.passes('['), "path", "an array");
    if (!json.passes(']')) {
      do {
        if (ids.size() == Header.MAX_PATH) {
          throw new UnfitDatagramException(
              DropReason.HOP_LIMIT, "path: over " + Header.MAX_PATH + " ids (expected: fewer)");
        }
        ids.add(LegacyIds.readHex(json));
      } while (json.passes(','));
      json.expect(']');
    }
    return List.copyOf(ids);
  }

  /** Leading zeros are refused: the nonce is kept as a number and must come out as it went in. */
  private long readNonce() throws UnfitDatagramException {
    String digits = json.plainString(MAX_NONCE_DIGITS);
    boolean canonical = digits.length() == 1 || !digits.startsWith("0");
    boolean decimal = digits.chars().allMatch(c -> c >= '0' && c <= '9');
    require(!digits.isEmpty() && canonical && decimal, "nonce", "up to 15 decimal digits");
    return Long.parseLong(digits);
  }

  private void readData() throws MalformedFrameException, UnfitDatagramException {
    json.peek();
    int start = json.position();
    require(json.passes('{'), "data", "an object");
    if (!json.passes('}')) {
      do {
        readDataMember();
      } while (json.passes(','));
      json.expect('}');
    }
    data = new Slice(start, json.position());
  }

  private void readDataMember() throws MalformedFrameException, UnfitDatagramException {
    String name = json.plainString(MAX_NAME);
    json.expect(':');
    switch (name) {
      case "type" -> {
        once(kind == null, "data.type");
        kind = LegacyTypes.kind(json.plainString(MAX_TYPE));
      }
      case "data" -> {
        once(content == null, "data.data");
        json.peek();
        int start = json.position();
        json.skipValue();
        content = new Slice(start, json.position());
      }
      default -> json.skipValue();
    }
  }

  private LegacyDatagram datagram() throws MalformedFrameException, UnfitDatagramException {
    require(nonce >= 0, "nonce", "a string of digits");
    Header header =
        new Header(
            present(to, "to"),
            present(from, "from"),
            nonce,
            present(kind, "data.type"),
            present(path, "path"));
    Message control = LegacyTypes.readControl(header.kind(), frame, content);
    return new LegacyDatagram(header, control, frame, present(data, "data"), content);
  }

  private static <T> T present(@Nullable T member, String name) throws UnfitDatagramException {
    if (member == null) {
      throw LegacyTypes.malformed(name + ": none (expected: one)");
    }
    return member;
  }

  private static void once(boolean first, String name) throws UnfitDatagramException {
    require(first, name, "one only");
  }

  private static void require(boolean fits, String name, String expected)
      throws UnfitDatagramException {
    if (!fits) {
      throw LegacyTypes.malformed(name + ": another shape (expected: " + expected + ")");
    }
  }
}
