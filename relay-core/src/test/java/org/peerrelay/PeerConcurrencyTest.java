package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.Payload;
import org.peerrelay.transport.TestPeer;

/** Any thread may call anything. */
class PeerConcurrencyTest {
  private static final int THREADS = 8;
  private static final int MESSAGES_EACH = 200;

  private static void onAllThreads(Runnable what) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(CompletableFuture.runAsync(what, threads));
      }
      running.forEach(one -> one.orTimeout(20, TimeUnit.SECONDS).join());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void sendAll(TestPeer from, TestPeer to) {
    String thread = Thread.currentThread().getName();
    for (int i = 0; i < MESSAGES_EACH; i++) {
      from.peer().send(to.id(), Payload.json("\"" + thread + " " + i + "\""));
    }
  }

  private static void assertAllArrived(TestPeer to) {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < THREADS * MESSAGES_EACH; i++) {
      texts.add(to.receive().payload().jsonText());
    }
    assertEquals(THREADS * MESSAGES_EACH, texts.size());
    assertEquals(0, to.waiting());
  }

  @Test
  void manyThreadsSendOverOneLink() throws IOException {
    try (TestPeer relay = TestPeer.relay();
        TestPeer alice = TestPeer.leaf(relay);
        TestPeer bob = TestPeer.leaf(relay)) {
      onAllThreads(() -> sendAll(alice, bob));
      assertAllArrived(bob);
    }
  }

  @Test
  void manyThreadsSendWhileTheFirstLinkIsBeingMade() throws IOException {
    try (TestPeer relay = TestPeer.relay();
        TestPeer bob = TestPeer.leaf(relay)) {
      for (int round = 0; round < 5; round++) {
        try (TestPeer alice = TestPeer.of(builder -> builder.bootstrap(relay.url()))) {
          onAllThreads(() -> sendAll(alice, bob));
          assertAllArrived(bob);
          assertEquals(0, alice.peer().counters().droppedInAll());
        }
      }
    }
  }

  @Test
  void manyThreadsConnectAndDisconnectAndAsk() throws IOException {
    try (TestPeer relay = TestPeer.relay();
        TestPeer alice = TestPeer.leaf(relay);
        TestPeer bob = TestPeer.relay(relay.url())) {
      bob.awaitLink(relay);
      onAllThreads(
          () -> {
            for (int i = 0; i < 20; i++) {
              alice.peer().connect(bob.id());
              alice.peer().disconnect(bob.id());
              alice.peer().isLinked(bob.id());
              alice.peer().counters();
              alice.peer().send(alice.id(), Payload.undefined());
            }
          });
      for (int i = 0; i < THREADS * 20; i++) {
        assertEquals(alice.id(), alice.receive().from());
      }
      alice.assertReachesInTheEnd(bob);
    }
  }
}
