package org.peerrelay.daemon.channels;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.daemon.channels.ChannelScene.RawMember;
import org.peerrelay.daemon.http.EventStream;

/** Channels on a real port, byte for byte. */
class SignalChannelsTest {
  private static final String EVENT_STREAM = "Accept: text/event-stream\r\n";

  private static void assertStatus(int expected, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + expected + " "), answer);
  }

  private static String json(String token, String data) {
    return "{\"token\":\"" + token + "\",\"data\":" + data + "}";
  }

  private static ChannelScene scene() throws IOException {
    return new ChannelScene(ChannelLimits.DEFAULT);
  }

  @Test
  void streamsOpenAsTheirClientsExpect() throws IOException {
    try (ChannelScene scene = scene();
        RawMember owner = scene.create();
        RawMember guest = scene.join(owner.id());
        RawMember source = scene.open("/channels", EVENT_STREAM + "Cache-Control: no-cache\r\n");
        RawMember curl = scene.open("/channels", EVENT_STREAM)) {
      assertStatus(201, owner.head());
      assertStatus(200, guest.head());
      assertStatus(200, source.head());
      assertStatus(201, curl.head());
      for (RawMember member : new RawMember[] {owner, guest}) {
        String head = member.head().toLowerCase(Locale.ROOT);
        assertTrue(head.contains("content-type: text/event-stream; charset=utf-8\r\n"), head);
        assertTrue(head.contains("cache-control: no-cache\r\n"), head);
        assertTrue(head.contains("access-control-allow-origin: *\r\n"), head);
        assertTrue(head.contains("\r\nevent: connect\ndata: {"), head);
      }
      assertNotEquals(owner.token(), guest.token());
      assertNotEquals(owner.cid(), guest.cid());
    }
  }

  @Test
  void theOwnerAloneHearsWhoComesAndGoes() throws IOException {
    try (ChannelScene scene = scene();
        RawMember owner = scene.create();
        RawMember first = scene.join(owner.id())) {
      String names = "data: {\"id\":\"%s\",\"cid\":\"%s\"}\n\n";
      assertEquals("event: join\n" + names.formatted(owner.id(), first.cid()), owner.event());
      RawMember second = scene.join("/" + owner.id() + "/");
      assertEquals("event: join\n" + names.formatted(owner.id(), second.cid()), owner.event());
      second.close();
      assertEquals("event: leave\n" + names.formatted(owner.id(), second.cid()), owner.event());
      assertStatus(
          200, scene.postJson(owner.id(), json(first.token(), "{ \"a: b\" : \"\u00fc\" }")));
      String signal = "event: signal\ndata: {\"a\\u003a b\":\"\\u00FC\"}\n\n";
      assertEquals(signal, owner.event());
      assertEquals(signal, first.event());
    }
  }

  @Test
  void theChannelEndsWithItsOwner() throws IOException {
    try (ChannelScene scene = scene();
        RawMember owner = scene.create();
        RawMember guest = scene.join(owner.id())) {
      owner.socket().close();
      String rest = new String(guest.socket().getInputStream().readAllBytes(), US_ASCII);
      assertTrue(rest.endsWith("0\r\n\r\n"), rest);
      assertStatus(404, scene.ask("GET", "/channels/" + owner.id(), ""));
      assertStatus(404, scene.postJson(owner.id(), json(guest.token(), "1")));
      assertEquals(0, scene.channels.size());
    }
  }

  @Test
  void whatIsNotAllowedIsRefused() throws IOException {
    try (ChannelScene scene = scene();
        RawMember owner = scene.create()) {
      String id = owner.id();
      String token = owner.token();
      assertStatus(406, scene.ask("GET", "/channels", "Accept: text/html\r\n"));
      assertStatus(406, scene.ask("GET", "/channels/" + id, "Accept: text/event-stream;q=0\r\n"));
      assertStatus(404, scene.ask("GET", "/channels/0", ""));
      assertStatus(404, scene.ask("HEAD", "/channels/0", ""));
      assertStatus(405, scene.ask("POST", "/channels", ""));
      assertStatus(405, scene.ask("DELETE", "/channels/" + id, ""));
      assertStatus(404, scene.postJson("0", json(token, "1")));
      assertStatus(404, scene.postJson(id, "{\"cid\":\"0\"," + json(token, "1").substring(1)));
      String unknown = scene.postJson(id, json("0".repeat(32), "1"));
      assertStatus(401, unknown);
      assertTrue(unknown.contains("WWW-Authenticate: Bearer realm=\"channel\""), unknown);
      assertStatus(401, scene.postJson(id, "{\"data\":1}"));
      assertStatus(400, scene.postJson(id, "{\"token\":\"" + token + "\"}"));
      assertStatus(400, scene.postJson(id, json(token, "null")));
      assertStatus(400, scene.postJson(id, "{"));
      assertStatus(400, scene.post(id, "text/plain", "x"));
      assertStatus(413, scene.postJson(id, json(token, "\"" + "x".repeat(10_240) + "\"")));
      assertStatus(400, scene.postJson(id, "{\"data\":" + "[".repeat(10_000)));
      String form = "application/x-www-form-urlencoded";
      assertStatus(400, scene.post(id, form, "data" + "[]".repeat(5_000) + "=1"));
      assertStatus(400, scene.post(id, form, "a&".repeat(5_000)));
      assertStatus(413, scene.post(id, form, "key=1&".repeat(10_000)));
      assertEquals(1, scene.channels.size());
    }
  }

  @Test
  void headAndOptionsTouchNoChannel() throws IOException {
    try (ChannelScene scene = scene();
        RawMember owner = scene.create()) {
      assertStatus(200, scene.ask("HEAD", "/channels", ""));
      assertStatus(200, scene.ask("HEAD", "/channels/" + owner.id(), ""));
      String options = scene.ask("OPTIONS", "/channels/" + owner.id(), "Origin: http://x\r\n");
      assertStatus(204, options);
      assertTrue(
          options.contains("Access-Control-Allow-Methods: GET, HEAD, OPTIONS, POST"), options);
      assertEquals(1, scene.channels.size());
    }
  }

  @Test
  void channelsAndMembersAreBounded() throws IOException {
    try (ChannelScene scene = new ChannelScene(ChannelScene.small(60_000));
        RawMember owner = scene.create();
        RawMember other = scene.create();
        RawMember guest = scene.join(owner.id())) {
      assertStatus(429, scene.ask("GET", "/channels", ""));
      assertStatus(503, scene.ask("GET", "/channels/" + owner.id(), ""));
      assertEquals(1, scene.http.refused("too-many-channels-of-address"));
      assertEquals(1, scene.http.refused("channel-full"));
      assertNotEquals(other.id(), guest.id());
    }
  }

  @Test
  void onlyWhoKnowsCommentsGetsThem() throws IOException {
    try (ChannelScene scene = new ChannelScene(ChannelScene.small(60_000));
        RawMember owner = scene.create();
        RawMember source = scene.open("/channels/" + owner.id(), EVENT_STREAM)) {
      String twice = source.event() + source.event();
      assertTrue(twice.contains(":\n\n"), twice);
      assertTrue(owner.event().startsWith("event: join\n"));
      assertStatus(200, scene.postJson(owner.id(), json(owner.token(), "1")));
      assertEquals("event: signal\ndata: 1\n\n", owner.event());
    }
  }

  @Test
  void anIdleChannelEnds() throws IOException {
    try (ChannelScene scene = new ChannelScene(ChannelScene.small(200));
        RawMember owner = scene.create();
        RawMember guest = scene.join(owner.id())) {
      String rest = new String(owner.socket().getInputStream().readAllBytes(), US_ASCII);
      assertTrue(rest.endsWith("0\r\n\r\n"), rest);
      assertTrue(
          new String(guest.socket().getInputStream().readAllBytes(), US_ASCII)
              .endsWith("0\r\n\r\n"));
      assertEquals(1, scene.http.refused("idle-channel"));
      assertEquals(0, scene.channels.size());
    }
  }

  @Test
  void whoReadsTooSlowlyIsCutOffAndSlowsNobody() throws Exception {
    try (ChannelScene scene = new ChannelScene(ChannelScene.small(60_000));
        RawMember owner = scene.create();
        RawMember slow = scene.join(owner.id())) {
      assertTrue(owner.event().startsWith("event: join\n"));
      String data = "\"" + "x".repeat(9_000) + "\"";
      String expected = "event: signal\ndata: " + data + "\n\n";
      long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (scene.http.refused(EventStream.SLOW_READER) == 0) {
        assertStatus(200, scene.postJson(owner.id(), json(owner.token(), data)));
        String event = owner.event();
        if (event.startsWith("event: leave")) {
          break;
        }
        assertEquals(expected, event);
        assertTrue(System.nanoTime() < deadlineNs, "never cut off");
      }
      assertEquals(1, scene.http.refused(EventStream.SLOW_READER));
      assertFalse(slow.socket().isClosed());
    }
  }
}
