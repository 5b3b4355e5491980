package org.peerrelay.wire.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Seal;
import org.peerrelay.wire.UnfitDatagramException;

/**
 * Pointers as bytes (docs/protocol.md, section 6), and what a peer signs of them.
 *
 * <p>A signed pointer is read only if its key is the peer's and the signature holds, so that nobody
 * beyond this class has to ask.
 */
public final class PointerCodec {
  private static final byte[] DOMAIN = "peer-relay.2 pointer\0".getBytes(StandardCharsets.US_ASCII);

  private static final int FIXED_BYTES = 1 + 2 + 8 + PeerId.BYTES;

  private PointerCodec() {}

  /** A pointer of the holder of {@code identity}, signed by it. */
  public static Pointer sign(Identity identity, List<PeerId> relays, long issued, int lifetimeS) {
    Pointer unsigned = new Pointer(identity.id(), relays, issued, lifetimeS, null);
    byte[] signature = identity.sign(signed(write(unsigned)));
    return new Pointer(
        identity.id(), relays, issued, lifetimeS, new Seal(identity.publicKey(), signature));
  }

  /** The bytes that stand for {@code pointer}. */
  static byte[] write(Pointer pointer) {
    ByteBuf out = Unpooled.buffer();
    out.writeByte(pointer.relays().size());
    out.writeShort(pointer.lifetimeS());
    out.writeLong(pointer.issued());
    out.writeBytes(pointer.peer().toBytes());
    pointer.relays().forEach(relay -> out.writeBytes(relay.toBytes()));
    Seal seal = pointer.seal();
    if (seal != null) {
      out.writeBytes(seal.publicKey()).writeBytes(seal.signature());
    }
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  /**
   * Reads all that is left of {@code in} as a pointer.
   *
   * @throws UnfitDatagramException if it is none, or its signature does not hold
   */
  static Pointer read(ByteBuf in) throws UnfitDatagramException {
    int start = in.readerIndex();
    require(in.readableBytes() >= FIXED_BYTES, "pointer: cut short (expected: 31 bytes or more)");
    int relayCount = in.readUnsignedByte();
    int lifetimeS = in.readUnsignedShort();
    long issued = in.readLong();
    PeerId peer = readId(in);
    require(
        relayCount >= 1 && relayCount <= Pointer.MAX_RELAYS,
        "pointer: " + relayCount + " relays (expected: 1 to " + Pointer.MAX_RELAYS + ")");
    require(
        lifetimeS >= 1 && lifetimeS <= Pointer.MAX_LIFETIME_S,
        "pointer: lifetime " + lifetimeS + " s (expected: 1 to " + Pointer.MAX_LIFETIME_S + ")");
    require(issued >= 0, "pointer: issued over 2^63 (expected: less)");
    require(
        in.readableBytes() >= relayCount * PeerId.BYTES, "pointer: cut short (expected: relays)");
    List<PeerId> relays = new ArrayList<>(relayCount);
    for (int i = 0; i < relayCount; i++) {
      relays.add(readId(in));
    }
    byte[] bytes = new byte[in.readerIndex() - start];
    in.getBytes(start, bytes);
    return new Pointer(peer, relays, issued, lifetimeS, readSeal(in, peer, bytes));
  }

  private static @Nullable Seal readSeal(ByteBuf in, PeerId peer, byte[] pointer)
      throws UnfitDatagramException {
    if (!in.isReadable()) {
      return null;
    }
    require(
        in.readableBytes() == Identity.PUBLIC_KEY_BYTES + Identity.SIGNATURE_BYTES,
        "pointer: " + in.readableBytes() + " bytes of signature (expected: 96 or none)");
    byte[] publicKey = new byte[Identity.PUBLIC_KEY_BYTES];
    byte[] signature = new byte[Identity.SIGNATURE_BYTES];
    in.readBytes(publicKey).readBytes(signature);
    require(
        Identity.idOf(publicKey).equals(peer)
            && Identity.verify(publicKey, signed(pointer), signature),
        "pointer: the signature does not hold (expected: the peer's)");
    return new Seal(publicKey, signature);
  }

  private static byte[] signed(byte[] pointer) {
    return Unpooled.wrappedBuffer(DOMAIN, pointer).copy().array();
  }

  static PeerId readId(ByteBuf in) {
    return new PeerId(in.readLong(), in.readLong(), in.readInt());
  }

  private static void require(boolean holds, String detail) throws UnfitDatagramException {
    if (!holds) {
      throw new UnfitDatagramException(DropReason.MALFORMED, detail);
    }
  }
}
