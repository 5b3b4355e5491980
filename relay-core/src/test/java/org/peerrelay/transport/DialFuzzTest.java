package org.peerrelay.transport;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.FuzzLoop;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;
import org.peerrelay.wire.binary.RefusedHandshakeException;

/**
 * Whatever a server sends that the relay has dialed: the relay closes, or goes on, and everybody
 * else notices nothing. See {@link FuzzedRelay} for what must hold.
 */
class DialFuzzTest {
  private static final int EXECUTIONS = 2_000;
  private static final String URL = "ws://they.example:8000";

  @Test
  void whateverALegacyServerSends() throws Exception {
    try (FuzzedRelay relay = new FuzzedRelay()) {
      new FuzzLoop("dialed, legacy", EXECUTIONS)
          .run(random -> relay.survives(draws -> legacy(relay, draws), random))
          .assertAccepted(20, 90);
    }
  }

  private static boolean legacy(FuzzedRelay relay, Random random) throws Exception {
    PeerId own = PeerId.random(random);
    ChannelClient server = relay.dialed(dial(own, random));
    HostileScript script = relay.script(random, false, own);
    server.hear();
    relay.say(server, script, script.agreement(server.text()));
    relay.say(server, script, script.message(RawClient.TEXT, script.legacyHello()));
    return relay.talk(server, script, random, RawClient.TEXT);
  }

  @Test
  void whateverAServerOfProtocol2Sends() throws Exception {
    try (FuzzedRelay relay = new FuzzedRelay()) {
      new FuzzLoop("dialed, protocol 2", EXECUTIONS)
          .run(random -> relay.survives(draws -> binary(relay, draws), random))
          .assertAccepted(10, 90);
    }
  }

  private static boolean binary(FuzzedRelay relay, Random random) throws Exception {
    ChannelClient server = relay.dialed(dial(relay.hostile.id(), random));
    HostileScript script = relay.script(random, false, relay.hostile.id());
    server.hear();
    relay.say(server, script, script.agreement(server.text()));
    LinkHandshake handshake = FuzzedRelay.handshake(Side.ACCEPTOR, relay.hostile);
    for (byte[] hello : handshake.begin()) {
      relay.say(server, script, script.message(RawClient.BINARY, hello));
    }
    for (RawClient.Frame frame : FuzzedRelay.heard(server)) {
      for (byte[] proof : answers(handshake, frame.payload().array())) {
        relay.say(server, script, script.message(RawClient.BINARY, proof));
      }
    }
    return relay.talk(server, script, random, RawClient.BINARY);
  }

  /** If the HELLO was damaged, what the relay signs does not fit it; then there is no answer. */
  private static List<byte[]> answers(LinkHandshake handshake, byte[] frame)
      throws MalformedFrameException {
    try {
      return handshake.onFrame(frame);
    } catch (RefusedHandshakeException refused) {
      return List.of();
    }
  }

  private static Dial dial(PeerId own, Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Dial(URL, PeerId.random(random));
      case 1, 2 -> new Dial(URL, own);
      default -> new Dial(URL, null);
    };
  }
}
