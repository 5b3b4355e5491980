package org.peerrelay.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.Peer;
import org.peerrelay.message.Payload;

/** What the admin listener tells, and to whom. */
class AdminTest {
  @Test
  void itIsReadyFromTheListenersStartUntilTheEndBegins() throws Exception {
    try (AdminScene scene = new AdminScene()) {
      assertEquals(List.of("listener"), scene.tree("/health/ready").get("failing"));
      assertEquals(503, scene.get("/health/ready").statusCode());
      assertEquals(503, scene.get("/status").statusCode());
      scene.attach();
      assertEquals(200, scene.get("/health/ready").statusCode());
      scene.admin.health().end();
      assertEquals(503, scene.get("/health/ready").statusCode());
      assertEquals(List.of("shutdown"), scene.tree("/health/ready").get("failing"));
      assertEquals(200, scene.get("/health/live").statusCode());
      assertEquals("up", scene.tree("/health/live").get("status"));
    }
  }

  @Test
  void everyLinkIsToldAndRememberedWhenItHasEnded() throws Exception {
    try (AdminScene scene = new AdminScene().attach();
        Peer leaf = scene.leaf()) {
      Map<?, ?> link = only(scene.tree("/links").get("links"));
      assertEquals(leaf.id().hex(), link.get("id"));
      assertEquals("leaf", link.get("kind"));
      assertEquals("2", link.get("protocol"));
      assertEquals("in", link.get("direction"));
      assertEquals(0L, link.get("queueBytes"));
      assertTrue((Long) Objects.requireNonNull(link.get("received")) > 0);
      assertTrue(String.valueOf(link.get("address")).startsWith("127.0.0.1:"), link::toString);
      scene.end(leaf);
      assertEquals(0L, scene.tree("/links").get("count"));
      Map<?, ?> closed = only(scene.tree("/closed").get("closed"));
      assertEquals(leaf.id().hex(), closed.get("id"));
      assertEquals("peer", closed.get("by"));
      assertEquals(1001L, closed.get("code"));
    }
  }

  private static Map<?, ?> only(@Nullable Object list) {
    List<?> items = (List<?>) Objects.requireNonNull(list);
    assertEquals(1, items.size(), items::toString);
    return (Map<?, ?>) items.get(0);
  }

  @Test
  void metricsTellWhatHasHappened() throws Exception {
    try (AdminScene scene = new AdminScene().attach();
        Peer first = scene.leaf();
        Peer second = scene.leaf()) {
      first.sendAcknowledged(second.id(), Payload.bytes(new byte[5]), Duration.ofSeconds(9)).get();
      String metrics = scene.get("/metrics").body();
      assertEquals(2, value(metrics, "relay_links{direction=\"in\",kind=\"leaf\",protocol=\"2\"}"));
      assertEquals(2, value(metrics, "relay_handshakes_total{result=\"linked\"}"));
      assertTrue(value(metrics, "relay_datagrams_forwarded_total") >= 2, metrics);
      assertTrue(value(metrics, "relay_received_bytes_total") > 0, metrics);
      assertEquals(0, value(metrics, "relay_datagrams_dropped_total{reason=\"queue-full\"}"));
      assertEquals(3, value(metrics, "relay_channels"));
      assertEquals(2, value(metrics, "relay_sessions"));
      scene.end(second);
      String later = scene.get("/metrics").body();
      assertEquals(1, value(later, "relay_links{direction=\"in\",kind=\"leaf\",protocol=\"2\"}"));
      String received = "relay_received_bytes_total";
      assertTrue(value(later, received) >= value(metrics, received), later);
    }
  }

  private static double value(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(series + " is not in\n" + metrics));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health/live", "/status", "/links", "/closed"})
  void nothingOfItIsOnThePublicPort(String path) throws Exception {
    try (AdminScene scene = new AdminScene().attach()) {
      InetSocketAddress open = Objects.requireNonNull(scene.relay.address());
      HttpResponse<String> answer = scene.get("http://127.0.0.1:" + open.getPort(), path);
      assertEquals(404, answer.statusCode());
      assertEquals(200, scene.get(path).statusCode());
    }
  }

  @Test
  void scriptsOfOtherSitesLearnNothing() throws Exception {
    try (AdminScene scene = new AdminScene().attach()) {
      assertFalse(scene.get("/links").headers().map().containsKey("access-control-allow-origin"));
      String rebound =
          scene.raw("GET /links HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
      assertTrue(rebound.startsWith("HTTP/1.1 403 "), rebound);
      String refused = "relay_http_refused_total{listener=\"admin\",reason=\"foreign-name\"} 1.0";
      assertTrue(scene.get("/metrics").body().contains(refused));
    }
  }
}
