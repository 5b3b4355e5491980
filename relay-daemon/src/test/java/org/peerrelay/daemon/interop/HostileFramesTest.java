package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPayload;
import org.peerrelay.daemon.npm.NpmPeer;

/**
 * Whatever a client sends to a daemon, no npm peer at that daemon or the next ends of it. The
 * daemons have no URLs, so that everything for a peer at the first goes through the first.
 */
@NeedsNpm
final class HostileFramesTest {
  private final Chain daemons = Chain.stretched(2);
  private final JavaPeer first = daemons.daemon(0);
  private final JavaPeer second = daemons.daemon(1);
  private final NpmHost host = NpmHost.start();
  private final NpmPeer leaf = host.open("leaf", first.url());
  private final NpmPeer listener = host.listen("listener", first.url());
  private final NpmPeer server = host.listen("server", first.url());
  private final NpmPeer behind = host.open("behind the server", server.url());
  private final List<NpmPeer> victims = List.of(leaf, listener, server);
  private int clients;
  private int sentinels;

  @BeforeEach
  void awaitLinks() {
    for (NpmPeer victim : victims) {
      victim.awaitAccepted(first.id());
    }
    behind.awaitAccepted(server.id());
    // From now on the daemons know the way back.
    behind.send(second.id(), "0");
    second.awaitMessageFrom(behind.id());
  }

  @AfterEach
  void close() {
    host.close();
    daemons.close();
  }

  @Test
  void hostileContents() {
    List<String> frames = HostileContents.all().stream().map(HostileFrames::proper).toList();
    attackThroughBoth(frames);
  }

  @Test
  void hostileContentsThatSomebodyElseSeemsToSend() {
    attackThroughBoth(HostileContents.all().stream().flatMap(HostileFrames::forged).toList());
  }

  @Test
  void hostileEnvelopes() {
    attackThroughBoth(HostileFrames.envelopes());
  }

  @Test
  void whatIsNoJsonEndsTheLinkItCameOver() {
    for (String template : HostileFrames.closing()) {
      for (JavaPeer daemon : List.of(first, second)) {
        try (RawClient client = client(daemon)) {
          client.send(scene(client, leaf).fill(template, true));
          client.awaitClose();
        }
      }
    }
    victimsTalk();
  }

  private void attackThroughBoth(List<String> templates) {
    for (JavaPeer daemon : List.of(first, second)) {
      try (RawClient client = client(daemon)) {
        for (NpmPeer victim : victims) {
          attack(scene(client, victim), templates);
        }
        // What a relay that is none of ours passes on cannot be helped: it would still
        // hand a signal on to a peer without WebRTC.
        attack(
            scene(client, behind),
            templates.stream().filter(template -> !template.contains("signal")).toList());
      }
    }
    victimsTalk();
    for (NpmPeer victim : victims) {
      assertFalse(victim.closed().contains(first.id()), "lost its daemon: " + victim);
    }
  }

  private HostileScene scene(RawClient client, NpmPeer victim) {
    return new HostileScene(client, victim, victim == server ? listener : server, server, first);
  }

  private void attack(HostileScene scene, List<String> templates) {
    for (String template : templates) {
      scene.me().send(scene.fill(template, false));
      scene.me().send(scene.fill(template, true));
    }
    String sentinel = "\"sentinel " + sentinels++ + "\"";
    scene
        .me()
        .send(
            scene.fill(
                HostileFrames.proper("{\"type\":\"user\",\"data\":" + sentinel + "}"), false));
    awaitText(scene.victim(), sentinel);
  }

  private void victimsTalk() {
    List<NpmPeer> all = Stream.concat(victims.stream(), Stream.of(behind)).toList();
    for (NpmPeer from : all) {
      for (NpmPeer to : all) {
        if (from != to) {
          String text = "\"%.4s still talks to %.4s\"".formatted(from.id(), to.id());
          from.send(to.id(), text);
          awaitText(to, text);
        }
      }
    }
  }

  private static void awaitText(NpmPeer peer, String json) {
    NpmPayload expected = NpmPayload.json(json);
    peer.awaitMessage(json, message -> message.payload().equals(expected));
  }

  private RawClient client(JavaPeer daemon) {
    return RawClient.connect(daemon.url(), "%040x".formatted(0xbad_0000 + clients++));
  }
}
