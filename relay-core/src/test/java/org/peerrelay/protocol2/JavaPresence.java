package org.peerrelay.protocol2;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.peerrelay.Presence;
import org.peerrelay.id.PeerId;

/** The presence of a peer of the library, and what it is told there. */
final class JavaPresence {
  private static final int TIMEOUT_S = 20;

  private final BlockingQueue<Set<PeerId>> online = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
  private final Presence<String> presence;

  JavaPresence(JavaMember member, String name, String data) {
    presence =
        member
            .swarm()
            .presence()
            .name(name)
            .data(data)
            .onOnline((List<PeerId> ids) -> online.add(Set.copyOf(ids)))
            .onPeerData((json, id) -> shown.add(id + " " + json))
            .start();
  }

  void setData(String json) {
    presence.setData(json);
  }

  void close() {
    presence.close();
  }

  /** Waits until these are online, and nobody else. */
  void awaitOnline(PeerId... expected) throws InterruptedException {
    Set<PeerId> wanted = Set.of(expected);
    Set<PeerId> told;
    do {
      told = online.poll(TIMEOUT_S, SECONDS);
      assertNotNull(told, () -> wanted + " (online: " + presence.online() + ")");
    } while (!told.equals(wanted));
  }

  /** The next that is shown. */
  void assertShows(PeerId peer, String json) throws InterruptedException {
    assertEquals(peer + " " + json, shown.poll(TIMEOUT_S, SECONDS));
  }
}
