package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.FuzzLoop;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;

/**
 * Whatever a client sends, from its first byte on: the relay answers with an HTTP error, closes, or
 * goes on, and everybody else notices nothing. See {@link FuzzedRelay} for what must hold.
 */
class ConnectionFuzzTest {
  private static final int EXECUTIONS = 2_000;

  @Test
  void whateverALegacyClientSends() throws Exception {
    try (FuzzedRelay relay = new FuzzedRelay()) {
      new FuzzLoop("connection, legacy", EXECUTIONS)
          .run(random -> relay.survives(draws -> legacy(relay, draws), random))
          .assertAccepted(20, 90);
    }
  }

  private static boolean legacy(FuzzedRelay relay, Random random) throws Exception {
    ChannelClient client = relay.accepted();
    HostileScript script = relay.script(random, true, PeerId.random(random));
    relay.say(client, script, script.upgrade(false));
    relay.say(client, script, script.message(RawClient.TEXT, script.legacyHello()));
    boolean linked = relay.talk(client, script, random, RawClient.TEXT);
    checkAnswer(client);
    return linked;
  }

  @Test
  void whateverAClientOfProtocol2Sends() throws Exception {
    try (FuzzedRelay relay = new FuzzedRelay()) {
      new FuzzLoop("connection, protocol 2", EXECUTIONS)
          .run(random -> relay.survives(draws -> binary(relay, draws), random))
          .assertAccepted(10, 90);
    }
  }

  private static boolean binary(FuzzedRelay relay, Random random) throws Exception {
    ChannelClient client = relay.accepted();
    HostileScript script = relay.script(random, true, relay.hostile.id());
    relay.say(client, script, script.upgrade(true));
    LinkHandshake handshake = FuzzedRelay.handshake(Side.DIALER, relay.hostile);
    for (RawClient.Frame frame : FuzzedRelay.heard(client)) {
      for (byte[] answer : handshake.onFrame(frame.payload().array())) {
        relay.say(client, script, script.message(RawClient.BINARY, answer));
      }
    }
    boolean linked = relay.talk(client, script, random, RawClient.BINARY);
    checkAnswer(client);
    return linked;
  }

  /** What it answers is HTTP of the right kind. */
  private static void checkAnswer(ChannelClient client) {
    int status = client.status();
    boolean refused = status >= 400 && status < 500;
    assertTrue(status == 0 || status == 101 || refused, "HTTP status " + status);
  }
}
