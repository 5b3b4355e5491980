package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.peerrelay.daemon.npm.NpmMessage;
import org.peerrelay.daemon.npm.NpmPayload;
import org.peerrelay.daemon.npm.NpmPeer;
import org.peerrelay.message.Payload;

/** Peers of both kinds that all talk to each other. */
final class Circle {
  private interface Sender {
    void send(String to, String json);
  }

  /** What a member has received, as {@code author: JSON}. */
  private record Member(
      String name, String id, Sender sender, Supplier<String> next, Supplier<List<String>> rest) {}

  private final List<Member> members = new ArrayList<>();
  private int round;

  Circle with(NpmPeer... peers) {
    for (NpmPeer peer : peers) {
      members.add(
          new Member(
              peer.toString(),
              peer.id(),
              peer::send,
              () -> text(peer.awaitMessage()),
              () -> peer.messages().stream().map(Circle::text).toList()));
    }
    return this;
  }

  Circle with(JavaPeer... peers) {
    for (JavaPeer peer : peers) {
      members.add(
          new Member(
              "java " + peer.id(),
              peer.id(),
              (to, json) -> peer.send(to, Payload.json(json)),
              () -> text(peer.awaitMessage()),
              () -> peer.messages().stream().map(Circle::text).toList()));
    }
    return this;
  }

  /**
   * Everybody sends to everybody else, twice, and gets exactly that. The second round comes in
   * behind what the first may have left on the way.
   */
  void talk() {
    talkOnce();
    talkOnce();
    for (Member member : members) {
      assertEquals(List.of(), member.rest().get(), "more than was sent to " + member.name());
    }
  }

  private void talkOnce() {
    round++;
    for (Member author : members) {
      for (Member target : members) {
        if (!author.id().equals(target.id())) {
          author.sender().send(target.id(), json(author, target));
        }
      }
    }
    for (Member target : members) {
      TreeSet<String> expected = new TreeSet<>();
      TreeSet<String> received = new TreeSet<>();
      for (Member author : members) {
        if (!author.id().equals(target.id())) {
          expected.add(author.id() + ": " + json(author, target));
          received.add(target.next().get());
        }
      }
      assertEquals(expected, received, "messages to " + target.name());
    }
  }

  private String json(Member author, Member target) {
    return "\"round %d, %.4s to %.4s\"".formatted(round, author.id(), target.id());
  }

  private static String text(NpmMessage message) {
    NpmPayload payload = message.payload();
    return message.from() + ": " + (payload.json() == null ? payload : payload.json());
  }

  private static String text(JavaPeer.Received message) {
    Payload payload = message.payload();
    boolean json = payload.kind() == Payload.Kind.JSON;
    return message.from() + ": " + (json ? payload.jsonText() : payload);
  }
}
