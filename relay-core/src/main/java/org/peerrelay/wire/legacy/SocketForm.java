package org.peerrelay.wire.legacy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.JsonScanner;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;

/**
 * A datagram of the npm package's {@code PeerRelay.Socket}: some bytes and the sender's port, as
 * user data of the form {@code {"buffer":{"type":"Buffer","data":[1,2]},"address":"<hex
 * id>","port":1234}}.
 *
 * <p>The {@code address} is written and not read. It is a claim by whoever wrote the message, which
 * could direct the answers at somebody else, and to a peer of its own process an npm socket writes
 * {@code "localhost"}; the datagram that carries the message names its author better. There is no
 * destination port in the form: whatever is sent to a peer reaches its one socket. Immutable.
 */
public final class SocketForm {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_NAME = 256;

  /** The longest JSON of one byte, and room for all that stands around the bytes. */
  private static final int CHARACTERS_PER_BYTE = 4;

  private static final int FIXED_CHARACTERS = 128;

  private final byte[] bytes;
  private final int port;

  private SocketForm(byte[] bytes, int port) {
    this.bytes = bytes;
    this.port = port;
  }

  /** A copy of {@code length} bytes from {@code offset} on, sent from {@code port}, 0 to 65,535. */
  public static SocketForm of(byte[] data, int offset, int length, int port) {
    return new SocketForm(Arrays.copyOfRange(data, offset, offset + length), port);
  }

  /**
   * Reads the form, its members in any order and among others; null if the payload is anything
   * else. A member that stands twice makes it something else, since readers differ in which one
   * counts; so does a port that no Java address can hold.
   */
  public static @Nullable SocketForm read(Payload payload) {
    if (payload.kind() != Payload.Kind.JSON) {
      return null;
    }
    byte[] text = payload.toBytes();
    try {
      return new Reader(text).read();
    } catch (MalformedFrameException | UnfitDatagramException otherForm) {
      return null;
    }
  }

  /** The payload that carries this as a datagram of {@code sender}. */
  public Payload write(PeerId sender) {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(CHARACTERS_PER_BYTE * bytes.length + FIXED_CHARACTERS);
    out.writeBytes(ascii("{\"buffer\":"));
    NodeBuffer.write(bytes, out);
    out.writeBytes(ascii(",\"address\":\"" + sender.hex() + "\",\"port\":" + port + '}'));
    return Payload.json(out.toString(StandardCharsets.US_ASCII));
  }

  /** The sender's port, 0 to 65,535; npm sockets draw one below 9,999. */
  public int port() {
    return port;
  }

  /** How many bytes the datagram holds. */
  public int sizeBytes() {
    return bytes.length;
  }

  /**
   * Copies the bytes to {@code target} from {@code offset} on, or the first {@code maxLength} of
   * them.
   *
   * @return how many were copied
   */
  public int copyTo(byte[] target, int offset, int maxLength) {
    int length = Math.min(bytes.length, maxLength);
    System.arraycopy(bytes, 0, target, offset, length);
    return length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Reader {
    private final JsonScanner json;
    private final int maxBytes;
    private byte @Nullable [] bytes;
    private boolean addressed;
    private int port = -1;

    Reader(byte[] text) {
      json = new JsonScanner(text, 0, text.length);
      maxBytes = text.length;
    }

    @Nullable SocketForm read() throws MalformedFrameException, UnfitDatagramException {
      json.expect('{');
      do {
        if (!readMember()) {
          return null;
        }
      } while (json.passes(','));
      json.expect('}');
      json.expectEnd();
      return bytes == null || !addressed || port < 0 ? null : new SocketForm(bytes, port);
    }

    /** Reads one member; tells whether it is as it should be. */
    private boolean readMember() throws MalformedFrameException, UnfitDatagramException {
      String name = json.plainString(MAX_NAME);
      json.expect(':');
      switch (name) {
        case "buffer" -> {
          boolean first = bytes == null;
          bytes = NodeBuffer.read(json, maxBytes);
          return first && bytes != null;
        }
        case "address" -> {
          boolean fits = !addressed && json.peek() == '"';
          addressed = true;
          json.skipValue();
          return fits;
        }
        case "port" -> {
          boolean first = port < 0;
          port = json.smallNumber(MAX_PORT);
          return first && port >= 0;
        }
        default -> {
          json.skipValue();
          return true;
        }
      }
    }
  }
}
