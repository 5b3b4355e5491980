package org.peerrelay.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.transport.AllowedOrigins;
import org.peerrelay.transport.TrustedProxies;

/** Whom a request is from that a proxy has passed on. */
class ForwardedRequestTest {
  private static final Pattern SEEN = Pattern.compile("client:\\[(.*?)]");

  private static HttpScene scene(String proxy) throws IOException {
    Route client =
        Route.get(
            "/client",
            (request, exchange) ->
                exchange.answer(Answer.text("text/plain", "client:[" + request.client() + "]")));
    return new HttpScene(
        List.of(client),
        HttpLimits.DEFAULT,
        new HttpCounters(),
        new TrustedProxies(List.of(AddressBlock.parse(proxy))),
        AllowedOrigins.ALL);
  }

  private static String request(String moreHeaders) {
    return "GET /client HTTP/1.1\r\nHost: x\r\n" + moreHeaders + "\r\n";
  }

  private static List<String> seen(HttpScene scene, String... moreHeaders) throws IOException {
    StringBuilder requests = new StringBuilder();
    for (String headers : moreHeaders) {
      requests.append(request(headers));
    }
    String answers = scene.exchange(requests + request("Connection: close\r\n"));
    return SEEN.matcher(answers).results().map((MatchResult one) -> one.group(1)).toList();
  }

  @Test
  void eachOfAConnectionHasItsOwnClient() throws IOException {
    try (HttpScene scene = scene("127.0.0.1")) {
      assertEquals(
          List.of(
              "203.0.113.7/32",
              "203.0.113.8/32",
              "127.0.0.1/32",
              "2001:db8:0:1:0:0:0:0/64",
              "127.0.0.1/32"),
          seen(
              scene,
              "X-Forwarded-For: 198.51.100.66, 203.0.113.7\r\n",
              "X-Forwarded-For: 203.0.113.8\r\n",
              "",
              "X-Forwarded-For: [2001:db8:0:1::7]:4711\r\n"));
    }
  }

  @Test
  void nobodyElseIsBelieved() throws IOException {
    try (HttpScene scene = scene("127.0.0.2")) {
      assertEquals(
          List.of("127.0.0.1/32", "127.0.0.1/32", "127.0.0.1/32"),
          seen(
              scene,
              "X-Forwarded-For: 203.0.113.7\r\n",
              "X-Forwarded-For: 203.0.113.7, 127.0.0.2\r\n"));
    }
  }

  @Test
  void noOtherHeaderIsBelieved() throws IOException {
    try (HttpScene scene = scene("127.0.0.1")) {
      List<String> seen = seen(scene, "Forwarded: for=203.0.113.7\r\nX-Real-IP: 203.0.113.7\r\n");
      assertTrue(seen.stream().allMatch("127.0.0.1/32"::equals), seen::toString);
    }
  }
}
