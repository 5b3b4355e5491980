package org.peerrelay.daemon.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand members in a hundred channels, in each of which one reads nothing: the others get
 * every broadcast, in order and in time, and the daemon's heap is small. {@code -Dsoak.seconds}
 * says how long, a minute otherwise; {@code -Dsoak.channels} how many channels of a hundred.
 */
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class ChannelScaleTest {
  private static final int CHANNELS = Integer.getInteger("soak.channels", 100);
  private static final int MEMBERS = 100;
  private static final long SECONDS = Long.getLong("soak.seconds", 60);
  private static final int BROADCASTS_PER_S = 100;
  private static final int MAX_HEAP_MIB = 256;
  private static final double MAX_P99_MS = 50;
  private static final String BROADCAST_PADDING = "x".repeat(500);

  /** For the slow one alone, so that what waits for it grows to its bound. */
  private static final String DIRECT = "\"" + "x".repeat(9_000) + "\"";

  private record Channel(
      ScaleMember owner, ScaleMember slow, List<ScaleMember> readers, Posts posts) {}

  /** Each goes when the one before is answered: over two connections they may change places. */
  private static final class Posts {
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    void add(Supplier<CompletableFuture<?>> request) {
      last = last.thenCompose(answered -> request.get());
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Recorder latenciesNs = new Recorder(3);
  private final AtomicLong refused = new AtomicLong();

  @Test
  void slowReadersSlowNobody() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    try (SoakDaemon daemon = SoakDaemon.withHeap(MAX_HEAP_MIB)) {
      InetSocketAddress address =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), URI.create(daemon.url()).getPort());
      List<Channel> channels = open(loops, address);
      Memory before = Memory.of(daemon.pid());
      warmUp(channels, address);
      long broadcasts = broadcast(channels, address);
      TimeUnit.SECONDS.sleep(1);
      Histogram latencies = latenciesNs.getIntervalHistogram();
      Memory after = Memory.of(daemon.pid());
      long cut = channels.stream().mapToLong(channel -> channel.owner().left()).sum();
      System.out.printf(
          "soak: channels: %d members, %d broadcasts, %d received, p50 %.2f ms, p99 %.2f ms,"
              + " p99.9 %.2f ms, max %.1f ms; %d of %d slow readers cut off; %d then %d bytes live,"
              + " %d KiB resident%n",
          CHANNELS * MEMBERS,
          broadcasts,
          latencies.getTotalCount(),
          latencies.getValueAtPercentile(50) / 1e6,
          latencies.getValueAtPercentile(99) / 1e6,
          latencies.getValueAtPercentile(99.9) / 1e6,
          latencies.getMaxValue() / 1e6,
          cut,
          CHANNELS,
          before.heapBytes(),
          after.heapBytes(),
          after.residentKib());
      check(channels, broadcasts);
      assertTrue(latencies.getValueAtPercentile(99) / 1e6 < MAX_P99_MS, "p99");
      daemon.stop();
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private List<Channel> open(EventLoopGroup loops, InetSocketAddress address) {
    List<Channel> channels = new ArrayList<>();
    for (int i = 0; i < CHANNELS; i++) {
      ScaleMember owner = ScaleMember.open(loops, address, "/channels", true, latenciesNs);
      String path = "/channels/" + owner.self().id();
      List<ScaleMember> readers = new ArrayList<>(List.of(owner));
      for (int j = 2; j < MEMBERS; j++) {
        readers.add(ScaleMember.open(loops, address, path, true, latenciesNs));
      }
      ScaleMember slow = ScaleMember.open(loops, address, path, false, latenciesNs);
      readers.forEach(ScaleMember::self);
      slow.self();
      channels.add(new Channel(owner, slow, readers, new Posts()));
    }
    return channels;
  }

  /** So that both programs are compiled when it counts. The slow ones only. */
  private void warmUp(List<Channel> channels, InetSocketAddress address) throws Exception {
    for (int i = 0; i < 5; i++) {
      for (Channel channel : channels) {
        post(address, channel, channel.slow().self().cid(), "1");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
    TimeUnit.SECONDS.sleep(1);
  }

  /** Sends at a steady pace, however long answers take; returns how many. */
  private long broadcast(List<Channel> channels, InetSocketAddress address) {
    long count = SECONDS * BROADCASTS_PER_S;
    long stepNs = TimeUnit.SECONDS.toNanos(1) / BROADCASTS_PER_S;
    long startNs = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long dueNs = startNs + i * stepNs;
      for (long now = System.nanoTime(); now < dueNs; now = System.nanoTime()) {
        LockSupport.parkNanos(dueNs - now);
      }
      Channel channel = channels.get((int) (i % CHANNELS));
      String data =
          "{\"n\":%d,\"sentNs\":%d,\"x\":\"%s\"}"
              .formatted(i / CHANNELS, System.nanoTime(), BROADCAST_PADDING);
      post(address, channel, "", data);
      if (channel.owner().left() == 0) {
        post(address, channel, channel.slow().self().cid(), DIRECT);
      }
    }
    return count;
  }

  private void post(InetSocketAddress address, Channel channel, String cid, String data) {
    ScaleMember.Self self = channel.owner().self();
    String body =
        "{\"token\":\"%s\",\"cid\":\"%s\",\"data\":%s}".formatted(self.token(), cid, data);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + address.getPort() + "/channels/" + self.id()))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    channel
        .posts()
        .add(
            () ->
                http.sendAsync(request, BodyHandlers.discarding())
                    .handle(
                        (response, failure) -> {
                          // A slow reader may be gone between our look and our post.
                          if (failure != null || (response.statusCode() != 200 && cid.isEmpty())) {
                            refused.incrementAndGet();
                          }
                          return null;
                        }));
  }

  private void check(List<Channel> channels, long broadcasts) {
    assertEquals(0, refused.get(), "posts that failed");
    for (int i = 0; i < CHANNELS; i++) {
      long expected = (broadcasts - i + CHANNELS - 1) / CHANNELS;
      for (ScaleMember reader : channels.get(i).readers()) {
        assertTrue(reader.inOrder() && !reader.gone(), "order");
        assertEquals(expected, reader.received(), "broadcasts received");
      }
    }
  }
}
