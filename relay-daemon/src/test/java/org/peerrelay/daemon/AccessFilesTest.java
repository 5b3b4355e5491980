package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.Peer;
import org.peerrelay.access.Access;

/** Lists that change while a relay runs. */
class AccessFilesTest {
  @TempDir private Path folder;

  /** A hang-up may come as early as that. */
  @Test
  void aRelayThatIsBeingStartedGoesByThemToo() throws Exception {
    Path deny = Files.writeString(folder.resolve("deny"), "# nobody\n");
    AccessFiles files = new AccessFiles(null, deny, null, null);
    Access access = new Access(files.lists(), files.sharedToken(), null);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    assertFalse(access.denies(loopback));
    Files.writeString(deny, loopback.getHostAddress() + "\n");
    assertEquals(0, files.apply(access, null));
    assertTrue(access.denies(loopback));
  }

  @Test
  void aRunningRelayGoesByWhatIsInTheFilesNow() throws Exception {
    Path deny = Files.writeString(folder.resolve("deny"), "# nobody\n");
    AccessFiles files = new AccessFiles(null, deny, null, null);
    CountDownLatch linked = new CountDownLatch(1);
    CountDownLatch lost = new CountDownLatch(1);
    try (Peer relay =
            Peer.builder()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .access(new Access(files.lists(), files.sharedToken(), null))
                .onPeer(peer -> linked.countDown())
                .onPeerLost(peer -> lost.countDown())
                .start();
        Peer leaf = Peer.builder().bootstrap(Objects.requireNonNull(relay.url())).start()) {
      assertTrue(linked.await(20, TimeUnit.SECONDS));
      Files.writeString(deny, "127.0.0.300\n");
      assertEquals(
          "--deny: "
              + deny
              + ":1: '127.0.0.300' (expected: an id of 40 hexadecimal digits, an address, or a"
              + " block with zeros behind its prefix, as 10.0.0.0/8 or 2001:db8::/32)",
          assertThrows(CommandFailedException.class, () -> files.apply(relay.access(), relay))
              .getMessage());
      assertTrue(relay.isLinked(leaf.id()));
      Files.writeString(deny, leaf.id() + "\n");
      assertEquals(1, files.apply(relay.access(), relay));
      assertTrue(lost.await(20, TimeUnit.SECONDS));
    }
  }
}
