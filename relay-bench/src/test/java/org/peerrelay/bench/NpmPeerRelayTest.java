package org.peerrelay.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class NpmPeerRelayTest {
  @Test
  void idsShareAsManyBitsAsTheyAreAskedTo() {
    SplittableRandom random = new SplittableRandom(1);
    PeerId server = PeerId.random(random);
    for (int bits = 0; bits < 128; bits++) {
      assertEquals(bits, NpmPeerRelay.idSharing(bits, server, random).commonPrefixBits(server));
    }
  }
}
