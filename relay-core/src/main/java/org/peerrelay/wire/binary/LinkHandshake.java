package org.peerrelay.wire.binary;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.binary.LinkProof.Side;

/**
 * One side of the protocol 2 link handshake (docs/protocol.md, section 3): takes frames, returns
 * the frames to send, and in the end knows who the other side is.
 *
 * <ol>
 *   <li>The acceptor sends its HELLO.
 *   <li>The dialer answers with its HELLO and its PROOF.
 *   <li>The acceptor checks the proof and sends its own.
 *   <li>The dialer checks that one.
 * </ol>
 *
 * <p>No I/O; the deadline is the transport's. For one connection and one thread.
 */
public final class LinkHandshake {
  private static final List<byte[]> NOTHING = List.of();

  private final Side side;
  private final Identity identity;
  private final byte[] ownHello;
  private final Set<String> ownNames;
  private @Nullable PeerId expected;
  private byte @Nullable [] theirHello;
  private @Nullable Hello their;
  private @Nullable PeerId theirId;
  private boolean done;

  /**
   * The beginning of a handshake.
   *
   * @param ownHello what this side says of itself; its key must be that of {@code identity}
   * @param ownNames the authorities under which an acceptor is reached; empty if it does not know
   */
  public LinkHandshake(Side side, Identity identity, Hello ownHello, Set<String> ownNames) {
    this.side = side;
    this.identity = identity;
    this.ownHello = HelloCodec.write(ownHello);
    this.ownNames = ownNames;
  }

  /** Has any other peer than {@code peer} refused, before this side has proven anything to it. */
  public LinkHandshake expecting(@Nullable PeerId peer) {
    this.expected = peer;
    return this;
  }

  /** The frames to send when the connection stands: the acceptor speaks first. */
  public List<byte[]> begin() {
    return side == Side.ACCEPTOR ? List.of(ownHello) : NOTHING;
  }

  /**
   * Takes the next frame and returns the answers.
   *
   * @throws MalformedFrameException if it is not the frame that is due
   * @throws RefusedHandshakeException if the other side cannot be linked with
   */
  public List<byte[]> onFrame(byte[] frame)
      throws MalformedFrameException, RefusedHandshakeException {
    if (done) {
      throw new MalformedFrameException("handshake: a frame after its end (expected: none)");
    }
    if (theirHello == null) {
      return onHello(frame);
    }
    onProof(frame, theirHello);
    done = true;
    return side == Side.ACCEPTOR ? List.of(proof(theirHello)) : NOTHING;
  }

  private List<byte[]> onHello(byte[] frame)
      throws MalformedFrameException, RefusedHandshakeException {
    Hello hello = HelloCodec.read(frame);
    if (hello.lowestVersion() > Hello.VERSION || hello.highestVersion() < Hello.VERSION) {
      throw new RefusedHandshakeException(CloseReason.NO_COMMON_VERSION);
    }
    if (side == Side.ACCEPTOR
        && !ownNames.isEmpty()
        && (hello.authority() == null || !ownNames.contains(hello.authority()))) {
      throw new RefusedHandshakeException(CloseReason.WRONG_NAME);
    }
    PeerId claimed = Identity.idOf(hello.publicKey().toBytes());
    if (expected != null && !expected.equals(claimed)) {
      throw new RefusedHandshakeException(CloseReason.WRONG_PEER);
    }
    theirHello = frame;
    their = hello;
    theirId = claimed;
    return side == Side.DIALER ? List.of(ownHello, proof(frame)) : NOTHING;
  }

  private void onProof(byte[] frame, byte[] hello)
      throws MalformedFrameException, RefusedHandshakeException {
    if (frame.length != 1 + Identity.SIGNATURE_BYTES || (frame[0] & 0xff) != LinkProof.KIND) {
      throw new MalformedFrameException(
          "handshake: a frame of " + frame.length + " bytes (expected: a PROOF of 65)");
    }
    byte[] signed = transcript(side.other(), hello, identity.id());
    byte[] signature = Arrays.copyOfRange(frame, 1, frame.length);
    if (!Identity.verify(theirHello().publicKey().toBytes(), signed, signature)) {
      throw new RefusedHandshakeException(CloseReason.BAD_PROOF);
    }
  }

  private byte[] proof(byte[] hello) {
    byte[] signature = identity.sign(transcript(side, hello, theirId()));
    byte[] frame = new byte[1 + signature.length];
    frame[0] = (byte) LinkProof.KIND;
    System.arraycopy(signature, 0, frame, 1, signature.length);
    return frame;
  }

  private byte[] transcript(Side signer, byte[] hello, PeerId verifier) {
    return side == Side.DIALER
        ? LinkProof.transcript(signer, ownHello, hello, verifier)
        : LinkProof.transcript(signer, hello, ownHello, verifier);
  }

  /** Whether the other side has sent its HELLO. */
  public boolean hasHello() {
    return their != null;
  }

  /** Whether both sides have proven their ids. */
  public boolean isDone() {
    return done;
  }

  /**
   * The id of the other side, proven once the handshake {@link #isDone}.
   *
   * @throws IllegalStateException before its HELLO
   */
  public PeerId theirId() {
    if (theirId == null) {
      throw new IllegalStateException("handshake: no HELLO yet (expected: one)");
    }
    return theirId;
  }

  /**
   * What the other side says of itself.
   *
   * @throws IllegalStateException before its HELLO
   */
  public Hello theirHello() {
    if (their == null) {
      throw new IllegalStateException("handshake: no HELLO yet (expected: one)");
    }
    return their;
  }
}
