package org.peerrelay.daemon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.daemon.gateway.GatewayScene.BYTES;
import static org.peerrelay.daemon.gateway.GatewayScene.JSON;
import static org.peerrelay.daemon.gateway.GatewayScene.authorization;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.peerrelay.daemon.gateway.GatewayScene.Account;

/** What sessions are refused, and how they are told. */
class GatewayRefusalTest {
  private static final String MESSAGES = "/sessions/self/messages";

  private static GatewayScene scene() throws IOException {
    return new GatewayScene(GatewayScene.small());
  }

  private static void assertRefused(GatewayScene scene, int status, String reason, Answering asking)
      throws IOException {
    long before = scene.http.refused(reason);
    String answer = asking.ask();
    GatewayTest.assertStatus(status, answer);
    assertTrue(answer.contains("content-type: application/problem+json"), answer);
    assertTrue(answer.contains("\"reason\":\"" + reason + "\""), answer);
    assertEquals(before + 1, scene.http.refused(reason));
  }

  /** Asks, and has the whole answer. */
  private interface Answering {
    String ask() throws IOException;
  }

  @Test
  void whoHasNoTokenIsToldToBringOne() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      for (String header : new String[] {"", "Authorization: Basic eDp5\r\n"}) {
        assertRefused(scene, 401, "no-token", () -> scene.ask("GET", MESSAGES, header));
        assertRefused(scene, 401, "no-token", () -> scene.ask("DELETE", "/sessions/self", header));
        assertRefused(
            scene,
            401,
            "no-token",
            () -> scene.ask("POST", "/peers/" + alice.id() + "/messages", header));
      }
      String none = scene.ask("GET", MESSAGES, "");
      assertTrue(none.contains("WWW-Authenticate: Bearer\r\n"), none);
      Account nobody = new Account(alice.id(), alice.token().replaceAll("[0-9]", "a"));
      assertRefused(
          scene, 401, "bad-token", () -> scene.ask("GET", MESSAGES, authorization(nobody)));
      String bad = scene.send(nobody, alice.id(), JSON, "1");
      assertTrue(bad.contains("WWW-Authenticate: Bearer error=\"invalid_token\"\r\n"), bad);
      String scheme = "Authorization: bEARER  " + alice.token() + "\r\n";
      GatewayTest.assertStatus(200, scene.ask("HEAD", MESSAGES, scheme));
    }
  }

  @Test
  void whatCannotBeSentIsRefused() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      String nobody = "0".repeat(40);
      assertRefused(scene, 404, "no-peer", () -> scene.send(alice, nobody, JSON, "1"));
      assertRefused(scene, 404, "no-peer", () -> scene.send(alice, "self", JSON, "1"));
      for (String body : new String[] {"", "{", "1 2", "[".repeat(501) + "]".repeat(501)}) {
        scene.passTime(1);
        assertRefused(
            scene, 400, "unreadable-body", () -> scene.send(alice, alice.id(), JSON, body));
      }
      scene.passTime(1);
      assertRefused(
          scene, 415, "media-type", () -> scene.send(alice, alice.id(), "text/plain", "x"));
      assertRefused(
          scene,
          413,
          "body-too-large",
          () -> scene.send(alice, alice.id(), BYTES, "x".repeat(65_537)));
      GatewayTest.assertStatus(202, scene.send(alice, alice.id(), BYTES, "x".repeat(65_536)));
      GatewayTest.assertStatus(202, scene.send(alice, alice.id(), BYTES, ""));
    }
  }

  @Test
  void jsonThatIsNoUtf8IsRefused() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      assertRefused(
          scene,
          400,
          "unreadable-body",
          () -> {
            try (Socket socket = scene.http.connect()) {
              String head =
                  "POST /peers/%s/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                          .formatted(alice.id())
                      + authorization(alice)
                      + "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n\"\u00ff\"";
              socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
              return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
          });
    }
  }

  @Test
  void sessionsAreBounded() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      scene.open();
      assertRefused(
          scene, 429, "too-many-sessions-of-address", () -> scene.ask("POST", "/sessions", ""));
      scene.ask("DELETE", "/sessions/self", authorization(alice));
      assertRefused(
          scene, 429, "too-many-sessions-of-address", () -> scene.ask("POST", "/sessions", ""));
      scene.passTime(10);
      scene.open();
      assertEquals(2, scene.gateway.size());
    }
  }

  @Test
  void messagesAreBoundedInTime() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      Account bob = scene.open();
      for (int i = 0; i < 5; i++) {
        GatewayTest.assertStatus(202, scene.send(alice, bob.id(), JSON, "1"));
      }
      assertRefused(scene, 429, "session-rate", () -> scene.send(alice, bob.id(), JSON, "1"));
      String refused = scene.send(alice, bob.id(), JSON, "1");
      assertTrue(refused.contains("Retry-After: 1\r\n"), refused);
      GatewayTest.assertStatus(202, scene.send(bob, alice.id(), JSON, "1"));
      scene.passTime(1);
      GatewayTest.assertStatus(202, scene.send(alice, bob.id(), JSON, "1"));
    }
  }

  @Test
  void headAndOptionsMakeAndReadNothing() throws IOException {
    try (GatewayScene scene = scene()) {
      Account alice = scene.open();
      String head = scene.ask("HEAD", MESSAGES, authorization(alice));
      GatewayTest.assertStatus(200, head);
      assertTrue(head.contains("Content-Type: text/event-stream"), head);
      String preflight =
          "Origin: http://x\r\nAccess-Control-Request-Headers: authorization, last-event-id\r\n";
      for (String path : new String[] {"/sessions", "/sessions/self", "/peers/x/messages"}) {
        String options = scene.ask("OPTIONS", path, preflight);
        GatewayTest.assertStatus(204, options);
        assertTrue(options.contains("access-control-allow-origin: *"), options);
        assertTrue(options.contains("Authorization"), options);
        assertTrue(options.contains("Last-Event-ID"), options);
      }
      GatewayTest.assertStatus(405, scene.ask("GET", "/sessions", ""));
      GatewayTest.assertStatus(405, scene.ask("POST", MESSAGES, authorization(alice)));
      assertRefused(
          scene,
          406,
          "not-acceptable",
          () -> scene.ask("GET", MESSAGES, authorization(alice) + "Accept: text/html\r\n"));
      assertEquals(1, scene.gateway.size());
    }
  }
}
