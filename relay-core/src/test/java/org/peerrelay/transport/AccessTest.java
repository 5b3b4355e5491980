package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.ConnectFailedException;
import org.peerrelay.PeerBuilder;
import org.peerrelay.access.Access;
import org.peerrelay.access.AccessCallout;
import org.peerrelay.access.AccessFileException;
import org.peerrelay.access.AccessList;
import org.peerrelay.access.AccessLists;
import org.peerrelay.access.AccessService;
import org.peerrelay.access.SharedToken;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.relay.Refusal;
import org.peerrelay.routing.AddressBlock;

/** Relays that not everybody may link with. */
class AccessTest {
  private static final int NOT_ALLOWED = 4015;
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final PeerId CLAIMED = PeerId.ofHex("cd".repeat(20));

  private final Identity alice = Identity.generate(new SecureRandom());
  private final Identity mallory = Identity.generate(new SecureRandom());

  @TempDir private Path folder;

  private @Nullable AccessList list(@Nullable String entries)
      throws IOException, AccessFileException {
    return entries == null
        ? null
        : AccessList.read(Files.writeString(folder.resolve("list"), entries));
  }

  private AccessLists lists(@Nullable String allow, @Nullable String deny) throws Exception {
    AccessList denied = list(deny);
    return new AccessLists(list(allow), denied == null ? AccessList.EMPTY : denied);
  }

  private Access access(@Nullable String allow, @Nullable String deny) throws Exception {
    return new Access(lists(allow, deny), null, null);
  }

  private static Access token() {
    return new Access(AccessLists.NONE, SharedToken.of(TOKEN), null);
  }

  private static Access asking(AccessCallout callout) {
    return new Access(AccessLists.NONE, null, callout);
  }

  private static TestPeer relay(Access access, Function<PeerBuilder, PeerBuilder> settings)
      throws IOException {
    return TestPeer.of(
        builder -> settings.apply(builder.listen(TestPeer.anyPort()).access(access)));
  }

  private static TestPeer relay(Access access) throws IOException {
    return relay(access, builder -> builder);
  }

  private static TestPeer leaf(Identity identity, String url) throws IOException {
    return TestPeer.of(builder -> builder.identity(identity).bootstrap(url));
  }

  private static long refused(TestPeer relay) {
    return relay.peer().counters().closed().getOrDefault(CloseReason.NOT_ALLOWED, 0L);
  }

  private static long refused(TestPeer relay, Refusal refusal) {
    return relay.peer().counters().refused().getOrDefault(refusal, 0L);
  }

  /** The code with which a link of protocol 2 ends before it has begun. */
  private static int codeFor(Identity identity, TestPeer relay) throws Exception {
    return BinaryClient.refused(relay.address(), identity);
  }

  private static int legacyCode(TestPeer relay) throws IOException {
    try (RawClient client = RawClient.webSocket(relay.address())) {
      client.hello(CLAIMED);
      return client.readCloseCode();
    }
  }

  @Test
  void aDeniedAddressIsHungUpOnWithoutAWord() throws Exception {
    try (TestPeer relay = relay(access(null, "127.0.0.0/8"));
        RawClient client = RawClient.connect(relay.address())) {
      assertEquals("", client.readToEnd());
      assertEquals(1, refused(relay));
    }
  }

  @Test
  void anAddressThatNoIdCouldLetInIsToldSo() throws Exception {
    try (TestPeer relay = relay(access("192.0.2.0/24", null));
        RawClient client = RawClient.connect(relay.address())) {
      String head = client.upgrade("");
      assertTrue(head.startsWith("HTTP/1.1 403 "), head);
      assertEquals(1, refused(relay));
    }
  }

  /** The proxy's own address is nobody's. */
  @ParameterizedTest
  @CsvSource({"192.0.2.7,101", "192.0.2.8,403", "203.0.113.7,403"})
  void behindAProxyTheClientCounts(String client, int status) throws Exception {
    AddressBlock proxy = AddressBlock.parse("127.0.0.1");
    try (TestPeer relay =
            relay(
                access("192.0.2.0/24", "192.0.2.8"),
                builder -> builder.trustedProxies(new TrustedProxies(List.of(proxy))));
        RawClient connection = RawClient.connect(relay.address())) {
      String head = connection.upgrade("X-Forwarded-For: " + client + "\r\n");
      assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
    }
  }

  @Test
  void aDeniedClientThatAProxyNamesBeforeAllElseIsHungUpOn() throws Exception {
    TrustedProxies proxies = new TrustedProxies(List.of(AddressBlock.parse("127.0.0.1")));
    try (TestPeer relay =
            relay(access(null, "192.0.2.8"), builder -> builder.trustedProxies(proxies));
        RawClient connection = RawClient.connect(relay.address())) {
      connection.write(ProxyHeaders.of("192.0.2.8", 4_711, 0));
      assertEquals("", connection.readToEnd());
      assertEquals(1, refused(relay));
    }
  }

  @Test
  void whoHasProvenAnAllowedIdMayComeAndNobodyElse() throws Exception {
    try (TestPeer relay = relay(access(alice.id() + "\n" + CLAIMED, null));
        TestPeer allowed = leaf(alice, relay.url())) {
      allowed.awaitLink(relay);
      assertEquals(NOT_ALLOWED, codeFor(mallory, relay));
      assertEquals(NOT_ALLOWED, legacyCode(relay));
      assertEquals(2, refused(relay));
      assertEquals(2L, relay.peer().counters().unlinked().get(CloseReason.NOT_ALLOWED));
      assertEquals(List.of(), relay.peer().closedLinks());
      assertEquals(1, relay.linksMade());
    }
  }

  @Test
  void aDeniedIdMayNotComeWhetherItIsProvenOrClaimed() throws Exception {
    try (TestPeer relay = relay(access(null, mallory.id() + "\n" + CLAIMED));
        TestPeer allowed = leaf(alice, relay.url())) {
      allowed.awaitLink(relay);
      assertEquals(NOT_ALLOWED, codeFor(mallory, relay));
      assertEquals(NOT_ALLOWED, legacyCode(relay));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Authorization: Bearer 0123456789abcdef0123456789abcdee\r\n",
        "Authorization: Bearer\r\n",
        "Authorization: Basic 0123456789abcdef0123456789abcdef\r\n"
      })
  void withoutTheTokenThereIsNoUpgrade(String header) throws Exception {
    try (TestPeer relay = relay(token());
        RawClient client = RawClient.connect(relay.address())) {
      String head = client.upgrade(header);
      assertTrue(head.startsWith("HTTP/1.1 401 "), head);
      assertTrue(head.toLowerCase(Locale.ROOT).contains("www-authenticate: bearer"), head);
      assertEquals(1, refused(relay));
      assertEquals(1, refused(relay, Refusal.NO_TOKEN));
    }
  }

  @Test
  void theTokenMayComeInAHeaderOrInTheUrl() throws Exception {
    try (TestPeer relay = relay(token())) {
      try (RawClient client = RawClient.connect(relay.address())) {
        assertTrue(
            client.upgrade("Authorization: bearer " + TOKEN + "\r\n").startsWith("HTTP/1.1 101 "));
      }
      try (RawClient client = RawClient.connect(relay.address())) {
        client.write(
            """
            GET /any?a=b&token=%s HTTP/1.1\r
            Host: relay.example\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """
                .formatted(TOKEN));
        assertTrue(client.readHead().startsWith("HTTP/1.1 101 "));
      }
    }
  }

  /** They link, find out that they can be dialed, and tell nobody the tokens. */
  @Test
  void relaysWithTokensLinkWhereTheyHaveEachOthers() throws Exception {
    Path known = folder.resolve("known");
    try (TestPeer first = relay(token())) {
      try (TestPeer second =
          relay(
              token(),
              builder -> builder.bootstrap(first.url() + "/?token=" + TOKEN).knownRelays(known))) {
        second.awaitLink(first);
        TestPeer.awaitUntil(
            () -> second.peer().status().links().stream().allMatch(LinkStatus::inTable),
            "in the table");
        assertEquals(-1, second.peer().status().toString().indexOf(TOKEN));
      }
      String kept = Files.readString(known);
      assertTrue(kept.contains(first.url() + "/\n"), kept);
      assertFalse(kept.contains(TOKEN), kept);
    }
  }

  @Test
  void aUrlThatOthersAreToldHasNoToken() {
    assertEquals(
        "URL to tell others: 'ws://relay.example/?...' with a token (expected: none in it)",
        assertThrows(
                IllegalArgumentException.class,
                () -> WebSocketUrl.checkTold("ws://relay.example/?token=" + TOKEN))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"200,true", "204,true", "403,false", "500,false"})
  void theServiceDecides(int status, boolean allowed) throws Exception {
    try (AccessService service = AccessService.saying(status);
        TestPeer relay = relay(asking(service.callout()))) {
      if (allowed) {
        try (TestPeer leaf = leaf(alice, relay.url() + "/?token=of-alice")) {
          leaf.awaitLink(relay);
          assertEquals(
              "POST {\"id\":\"%s\",\"address\":\"127.0.0.1\",\"legacy\":false,\"relay\":false,"
                      .formatted(alice.id())
                  + "\"token\":\"of-alice\"}",
              service.question());
        }
      } else {
        assertEquals(NOT_ALLOWED, codeFor(alice, relay));
        assertEquals(NOT_ALLOWED, legacyCode(relay));
        assertEquals(2, refused(relay));
        assertEquals(status == 403 ? 0 : 2, refused(relay, Refusal.ACCESS_UNANSWERED));
      }
    }
  }

  @Test
  void aServiceThatSaysNothingLetsNobodyInAndHoldsNobodyUp() throws Exception {
    try (AccessService service =
            new AccessService(
                exchange -> {
                  String asked = exchange.getRequestHeaders().getFirst("Content-Type");
                  assertEquals("application/json", asked);
                  // And no answer.
                });
        TestPeer relay = relay(asking(service.callout()))) {
      long beginNs = System.nanoTime();
      assertEquals(NOT_ALLOWED, codeFor(mallory, relay));
      assertTrue(System.nanoTime() - beginNs < TimeUnit.SECONDS.toNanos(10));
      assertEquals(1, refused(relay, Refusal.ACCESS_UNANSWERED));
    }
  }

  @Test
  void withoutItsServiceNobodyComesIn() throws Exception {
    AccessCallout gone;
    try (AccessService service = AccessService.saying(204)) {
      gone = service.callout();
    }
    try (TestPeer relay = relay(asking(gone))) {
      assertEquals(NOT_ALLOWED, codeFor(alice, relay));
      assertEquals(1, refused(relay, Refusal.ACCESS_UNANSWERED));
    }
  }

  /** What came before the answer counts. */
  @Test
  void whatAPeerSendsWhileTheServiceThinksIsKept() throws Exception {
    try (AccessService service = AccessService.saying(204);
        TestPeer relay = relay(asking(service.callout()));
        RawClient client = RawClient.webSocket(relay.address())) {
      client.hello(CLAIMED);
      client.text(Datagrams.user(CLAIMED, relay.id(), "[1]"));
      assertEquals(CLAIMED, relay.receive().from());
    }
  }

  @Test
  void linksThatAreNotAllowedAnyMoreAreClosed() throws Exception {
    try (TestPeer relay = relay(Access.open());
        TestPeer good = leaf(alice, relay.url());
        TestPeer bad = leaf(mallory, relay.url())) {
      good.awaitLink(relay);
      bad.awaitLink(relay);
      relay.peer().changeAccess(lists(null, mallory.id().hex()), null);
      relay.awaitLost(mallory.id());
      TestPeer.awaitUntil(() -> refused(relay) > 0, "counted");
      relay.peer().changeAccess(lists(alice.id().hex(), null), SharedToken.of(TOKEN));
      good.assertReaches(relay);
      assertEquals(1, good.linksMade());
    }
  }

  @Test
  void whoIsDialedByTheOperatorsWordNeedNotBeAllowedButMustNotBeDenied() throws Exception {
    try (TestPeer other = TestPeer.relay();
        TestPeer open =
            relay(access("192.0.2.1", null), builder -> builder.bootstrap(other.url()))) {
      open.awaitLink(other);
      try (TestPeer closed =
          relay(access(null, other.id().hex()), builder -> builder.bootstrap(other.url()))) {
        TestPeer.awaitUntil(() -> refused(closed) > 1, "dialed twice");
        assertEquals(0, closed.linksMade());
      }
    }
  }

  @Test
  void whoIsDialedByAStrangersWordMustBeAllowed() throws Exception {
    Access trusting = access("192.0.2.1", null);
    try (TestPeer relay = TestPeer.relay();
        TestPeer stranger = TestPeer.relay(relay.url());
        TestPeer careful =
            TestPeer.of(
                builder -> builder.bootstrap(relay.url()).dialPrivate(true).access(trusting))) {
      careful.awaitLink(relay);
      stranger.awaitLink(relay);
      CompletionException failure =
          assertThrows(
              CompletionException.class, () -> careful.peer().connect(stranger.id()).join());
      ConnectFailedException told =
          assertInstanceOf(ConnectFailedException.class, failure.getCause());
      assertEquals(ConnectFailure.NOT_ALLOWED, told.failure());
    }
  }
}
