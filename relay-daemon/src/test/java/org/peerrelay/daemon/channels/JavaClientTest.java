package org.peerrelay.daemon.channels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.peerrelay.channel.SignalChannel;
import org.peerrelay.channel.SignalListener;
import org.peerrelay.channel.SignalRefusedException;

/** The Java client at the daemon's channels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaClientTest {
  /** Notes what it is told. */
  private static final class Notes implements SignalListener {
    private final LinkedBlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private volatile String id = "";
    private volatile String cid = "";
    private volatile @Nullable Throwable failure;

    @Override
    public void onConnect(String channel, String member, String token) {
      id = channel;
      cid = member;
      notes.add("connect");
    }

    @Override
    public void onSignal(String json) {
      notes.add("signal " + json);
    }

    @Override
    public void onJoin(String member) {
      notes.add("join " + member);
    }

    @Override
    public void onLeave(String member) {
      notes.add("leave " + member);
    }

    @Override
    public void onClose(@Nullable Throwable why) {
      failure = why;
      notes.add("close");
    }

    void expect(String note) throws InterruptedException {
      assertEquals(note, Objects.requireNonNull(notes.poll(20, TimeUnit.SECONDS), note));
    }
  }

  private ChannelScene scene;

  @BeforeAll
  void start() throws IOException {
    scene = new ChannelScene(ChannelLimits.DEFAULT);
  }

  @AfterAll
  void stop() {
    scene.close();
  }

  @Test
  void aConversation() throws InterruptedException {
    Notes ofOwner = new Notes();
    Notes ofGuest = new Notes();
    try (SignalChannel owner = SignalChannel.create(scene.url())) {
      var early = owner.send("{\"early\": 1}");
      owner.start(ofOwner);
      ofOwner.expect("connect");
      ofOwner.expect("signal {\"early\":1}");
      early.join();
      try (SignalChannel guest = SignalChannel.join(scene.url(), ofOwner.id).start(ofGuest)) {
        ofGuest.expect("connect");
        ofOwner.expect("join " + ofGuest.cid);
        owner.send(ofGuest.cid, "\"ping\"").join();
        ofGuest.expect("signal \"ping\"");
        for (int i = 0; i < 100; i++) {
          guest.send("[" + i + "]");
        }
        for (int i = 0; i < 100; i++) {
          ofOwner.expect("signal [" + i + "]");
          ofGuest.expect("signal [" + i + "]");
        }
      }
      ofGuest.expect("close");
      ofOwner.expect("leave " + ofGuest.cid);
    }
    ofOwner.expect("close");
    assertEquals(null, ofOwner.failure);
  }

  @Test
  void theEndOfTheChannelIsNoFailure() throws InterruptedException {
    Notes ofOwner = new Notes();
    Notes ofGuest = new Notes();
    SignalChannel owner = SignalChannel.create(scene.url()).start(ofOwner);
    ofOwner.expect("connect");
    SignalChannel guest = SignalChannel.join(scene.url(), ofOwner.id).start(ofGuest);
    ofGuest.expect("connect");
    owner.close();
    ofGuest.expect("close");
    assertEquals(null, ofGuest.failure);
    CompletionException closed =
        assertThrows(CompletionException.class, () -> guest.send("1").join());
    assertInstanceOf(IOException.class, closed.getCause());
  }

  @Test
  void refusalsAreTold() throws InterruptedException {
    Notes notes = new Notes();
    SignalChannel.join(scene.url(), "0").start(notes);
    notes.expect("close");
    assertEquals(404, assertInstanceOf(SignalRefusedException.class, notes.failure).status());
    Notes ofOwner = new Notes();
    try (SignalChannel owner = SignalChannel.create(scene.url()).start(ofOwner)) {
      CompletionException refused =
          assertThrows(CompletionException.class, () -> owner.send("x", "1").join());
      assertEquals(
          404, assertInstanceOf(SignalRefusedException.class, refused.getCause()).status());
      assertThrows(IllegalArgumentException.class, () -> owner.send("{"));
      assertThrows(IllegalArgumentException.class, () -> owner.send("1 2"));
    }
  }

  @Test
  void whatWaitsIsBounded() {
    try (SignalChannel never = SignalChannel.create(scene.url())) {
      String half = "\"" + "x".repeat(SignalChannel.MAX_WAITING_BYTES / 2) + "\"";
      never.send(half);
      CompletionException full =
          assertThrows(CompletionException.class, () -> never.send(half).join());
      assertInstanceOf(IllegalStateException.class, full.getCause());
    }
  }

  @Test
  void nobodyThereIsTold() throws InterruptedException {
    Notes notes = new Notes();
    SignalChannel.create("http://127.0.0.1:1/channels").start(notes);
    notes.expect("close");
    assertInstanceOf(ConnectException.class, notes.failure);
    assertThrows(IllegalArgumentException.class, () -> SignalChannel.create("ws://x/channels"));
  }
}
