package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.wire.FuzzLoop;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.Mutations;
import org.peerrelay.wire.binary.LinkProof.Side;

/**
 * Whatever is done to a handshake on its way, each side refuses it in one of the declared ways, or
 * it has got exactly what the other side has sent.
 */
class HandshakeFuzzTest {
  /** Signing takes long. */
  private static final int EXECUTIONS = 2_000;

  private final Identity dialer = ProtocolVectors.identity("dialer");
  private final Identity acceptor = ProtocolVectors.identity("acceptor");

  @Test
  void anAcceptorRefusesWhatTheDialerHasNotSent() {
    new FuzzLoop("handshake, acceptor", EXECUTIONS)
        .run(
            random -> {
              LinkHandshake victim = side(Side.ACCEPTOR, acceptor, random);
              List<byte[]> sent = side(Side.DIALER, dialer, random).onFrame(victim.begin().get(0));
              return isDeceived(victim, sent, random);
            })
        .assertAccepted(1, 99);
  }

  @Test
  void aDialerRefusesWhatTheAcceptorHasNotSent() {
    new FuzzLoop("handshake, dialer", EXECUTIONS)
        .run(
            random -> {
              LinkHandshake victim = side(Side.DIALER, dialer, random);
              LinkHandshake other = side(Side.ACCEPTOR, acceptor, random);
              List<byte[]> sent = new ArrayList<>(other.begin());
              // What the dialer answers is needed for the acceptor's proof, so it is said before.
              List<byte[]> answers = victim.onFrame(sent.get(0));
              for (byte[] answer : answers) {
                sent.addAll(other.onFrame(answer));
              }
              return isDeceived(victim, sent.subList(1, sent.size()), random);
            })
        .assertAccepted(1, 99);
  }

  /** Gives it the frames, damaged or not; whether it ends up linked. */
  private boolean isDeceived(LinkHandshake victim, List<byte[]> sent, Random random)
      throws Exception {
    List<byte[]> frames = damaged(sent, random);
    for (byte[] frame : frames) {
      try {
        victim.onFrame(frame);
      } catch (MalformedFrameException | RefusedHandshakeException refused) {
        assertTrue(String.valueOf(refused.getMessage()).length() > 0);
        return false;
      }
    }
    if (victim.isDone()) {
      assertTrue(isSame(sent, frames), "linked by other frames than were sent");
      Set<Identity> both = Set.of(dialer, acceptor);
      assertTrue(both.stream().anyMatch(one -> one.id().equals(victim.theirId())));
    }
    return victim.isDone();
  }

  /** The frames with some of them mutated, left out, doubled or exchanged; or as they are. */
  private static List<byte[]> damaged(List<byte[]> sent, Random random) {
    List<byte[]> frames = new ArrayList<>(sent);
    int at = random.nextInt(frames.size());
    switch (random.nextInt(12)) {
      case 0 -> frames.remove(at);
      case 1 -> frames.add(at, frames.get(random.nextInt(frames.size())));
      case 2 -> frames.set(at, frames.get(random.nextInt(frames.size())));
      case 3 -> {} // as it was sent
      default -> frames.set(at, Mutations.of(frames.get(at), random));
    }
    return frames;
  }

  private static boolean isSame(List<byte[]> some, List<byte[]> others) {
    boolean same = some.size() == others.size();
    for (int i = 0; same && i < some.size(); i++) {
      same = Arrays.equals(some.get(i), others.get(i));
    }
    return same;
  }

  @Test
  void aProofIsOfItsOwnHandshakeOnly() {
    List<byte[]> hellos =
        ProtocolVectors.all("hellos").stream().map(entry -> entry.bytes("frame")).toList();
    new FuzzLoop("what a proof signs", 20_000)
        .run(
            random -> {
              byte[] one = hellos.get(random.nextInt(hellos.size()));
              byte[] other = hellos.get(random.nextInt(hellos.size()));
              byte[] mutated = Mutations.of(one, random);
              Side side = random.nextBoolean() ? Side.DIALER : Side.ACCEPTOR;
              byte[] transcript = LinkProof.transcript(side, one, other, dialer.id());
              boolean same = Arrays.equals(one, mutated);
              assertEquals(
                  same,
                  Arrays.equals(
                      transcript, LinkProof.transcript(side, mutated, other, dialer.id())));
              assertTrue(
                  !Arrays.equals(
                      transcript, LinkProof.transcript(side.other(), one, other, dialer.id())));
              return same;
            });
  }

  private static LinkHandshake side(Side side, Identity identity, Random random) {
    byte[] fresh = new byte[Bytes32.LENGTH];
    random.nextBytes(fresh);
    Hello hello =
        new Hello(
            Hello.VERSION,
            Hello.VERSION,
            side == Side.ACCEPTOR,
            Bytes32.of(identity.publicKey()),
            Bytes32.of(fresh),
            null,
            side == Side.DIALER ? "relay.example:80" : null,
            65_536,
            side == Side.ACCEPTOR ? "192.0.2.1:40000" : null,
            false);
    return new LinkHandshake(side, identity, hello, Set.of());
  }
}
