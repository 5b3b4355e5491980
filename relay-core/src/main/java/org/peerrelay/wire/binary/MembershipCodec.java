package org.peerrelay.wire.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Seal;
import org.peerrelay.message.Tag;
import org.peerrelay.wire.UnfitDatagramException;

/**
 * Memberships as bytes (docs/protocol.md, section 11), and what a member signs of them.
 *
 * <p>Reading one does not check its signature: that takes a tenth of a millisecond, and who gets
 * many of them knows most already. {@link #holds} does.
 */
public final class MembershipCodec {
  /** Length of a membership in bytes. */
  static final int BYTES =
      1
          + 2
          + 8
          + 2 * PeerId.BYTES
          + Tag.BYTES
          + Identity.PUBLIC_KEY_BYTES
          + Identity.SIGNATURE_BYTES;

  private static final byte[] DOMAIN =
      "peer-relay.2 membership\0".getBytes(StandardCharsets.US_ASCII);

  private static final int LEAVING = 0x01;

  private MembershipCodec() {}

  /** The word of the holder of {@code identity}, signed by it. */
  public static Membership sign(
      Identity identity, PeerId swarm, long issued, int lifetimeS, boolean leaving, Tag tag) {
    byte[] signature = identity.sign(signed(swarm, identity.id(), issued, lifetimeS, leaving, tag));
    Seal seal = new Seal(identity.publicKey(), signature);
    return new Membership(swarm, identity.id(), issued, lifetimeS, leaving, tag, seal);
  }

  /** Whether the key is the member's, and the signature that key's. */
  public static boolean holds(Membership membership) {
    byte[] publicKey = membership.seal().publicKey();
    byte[] signed =
        signed(
            membership.swarm(),
            membership.peer(),
            membership.issued(),
            membership.lifetimeS(),
            membership.leaving(),
            membership.tag());
    return Identity.idOf(publicKey).equals(membership.peer())
        && Identity.verify(publicKey, signed, membership.seal().signature());
  }

  private static byte[] signed(
      PeerId swarm, PeerId peer, long issued, int lifetimeS, boolean leaving, Tag tag) {
    ByteBuf out = Unpooled.buffer(DOMAIN.length + BYTES);
    out.writeBytes(DOMAIN);
    writeUnsigned(out, swarm, peer, issued, lifetimeS, leaving, tag);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static void writeUnsigned(
      ByteBuf out,
      PeerId swarm,
      PeerId peer,
      long issued,
      int lifetimeS,
      boolean leaving,
      Tag tag) {
    out.writeByte(leaving ? LEAVING : 0).writeShort(lifetimeS).writeLong(issued);
    out.writeBytes(swarm.toBytes()).writeBytes(peer.toBytes());
    out.writeLong(tag.high()).writeLong(tag.low());
  }

  static void write(ByteBuf out, Membership membership) {
    writeUnsigned(
        out,
        membership.swarm(),
        membership.peer(),
        membership.issued(),
        membership.lifetimeS(),
        membership.leaving(),
        membership.tag());
    out.writeBytes(membership.seal().publicKey()).writeBytes(membership.seal().signature());
  }

  /** Reads {@link #BYTES} bytes, which must be there. */
  static Membership read(ByteBuf in) throws UnfitDatagramException {
    boolean leaving = (in.readUnsignedByte() & LEAVING) != 0;
    int lifetimeS = in.readUnsignedShort();
    long issued = in.readLong();
    if (lifetimeS < 1 || lifetimeS > Membership.MAX_LIFETIME_S) {
      throw malformed(
          "membership: lifetime "
              + lifetimeS
              + " s (expected: 1 to "
              + Membership.MAX_LIFETIME_S
              + ")");
    }
    if (issued < 0) {
      throw malformed("membership: issued over 2^63 (expected: less)");
    }
    PeerId swarm = PointerCodec.readId(in);
    PeerId peer = PointerCodec.readId(in);
    Tag tag = new Tag(in.readLong(), in.readLong());
    byte[] publicKey = new byte[Identity.PUBLIC_KEY_BYTES];
    byte[] signature = new byte[Identity.SIGNATURE_BYTES];
    in.readBytes(publicKey).readBytes(signature);
    return new Membership(
        swarm, peer, issued, lifetimeS, leaving, tag, new Seal(publicKey, signature));
  }

  private static UnfitDatagramException malformed(String detail) {
    return new UnfitDatagramException(DropReason.MALFORMED, detail);
  }
}
