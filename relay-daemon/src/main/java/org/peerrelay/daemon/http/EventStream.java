package org.peerrelay.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An answer of server-sent events, which stays open. What waits for its reader is bounded: who
 * reads too slowly is cut off, so that neither memory nor other readers suffer. Any thread sends;
 * the connection's event loop writes. Opened once.
 */
public final class EventStream {
  /** The reason under which readers that were cut off are counted. */
  public static final String SLOW_READER = "slow-reader";

  /** What the system may hold beside what waits here; it would let that grow to megabytes. */
  private static final int SEND_BUFFER_BYTES = 64 * 1_024;

  private static final long CLOSE_S = 2;

  private final ChannelHandlerContext ctx;
  private final HttpVersion version;
  private final @Nullable String readers;
  private final int maxPendingBytes;
  private final HttpCounters counters;
  private final Runnable onOpen;
  private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingEvents = new AtomicInteger();
  private final AtomicInteger pendingBytes = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  EventStream(
      ChannelHandlerContext ctx,
      HttpVersion version,
      @Nullable String readers,
      int maxPendingBytes,
      HttpCounters counters,
      Runnable onOpen) {
    this.ctx = ctx;
    this.version = version;
    this.readers = readers;
    this.maxPendingBytes = maxPendingBytes;
    this.counters = counters;
    this.onOpen = onOpen;
  }

  /** Answers with {@code status} and begins to send; on the connection's event loop. */
  public void open(int status) {
    onOpen.run();
    ctx.channel().config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
        .set("X-Accel-Buffering", "no");
    Responses.addCommon(response, readers);
    if (version.isKeepAliveDefault()) {
      response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    } else {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    ctx.write(response);
  }

  /** Sends these bytes, which are not changed any more; cuts the reader off if too many wait. */
  public void send(byte[] event) {
    if (over.get()) {
      return;
    }
    if (pendingBytes.addAndGet(event.length) > maxPendingBytes) {
      cut(SLOW_READER);
      return;
    }
    waiting.add(event);
    if (waitingEvents.getAndIncrement() == 0) {
      ctx.executor().execute(this::write);
    }
  }

  private void write() {
    int written = 0;
    do {
      byte[] event = waiting.remove();
      ByteBuf bytes = Unpooled.wrappedBuffer(event);
      ctx.write(new DefaultHttpContent(bytes))
          .addListener(done -> pendingBytes.addAndGet(-event.length));
      written++;
    } while (written < waitingEvents.get());
    ctx.flush();
    if (waitingEvents.addAndGet(-written) > 0) {
      ctx.executor().execute(this::write);
    }
  }

  /** Ends the stream when all is sent that waits, or soon. */
  public void end() {
    ctx.executor().execute(this::writeEnd);
  }

  private void writeEnd() {
    Future<?> deadline = ctx.executor().schedule(() -> ctx.close(), CLOSE_S, TimeUnit.SECONDS);
    ctx.channel().closeFuture().addListener(closed -> deadline.cancel(false));
    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
  }

  /** Ends the stream at once, and counts why. */
  public void cut(String reason) {
    if (!over.getAndSet(true)) {
      counters.countRefused(reason);
      ctx.close();
    }
  }

  /** Does something again and again while the connection lasts, on its event loop. */
  public void every(long periodNs, Runnable task) {
    Future<?> repeating =
        ctx.executor().scheduleAtFixedRate(task, periodNs, periodNs, TimeUnit.NANOSECONDS);
    ctx.channel().closeFuture().addListener(closed -> repeating.cancel(false));
  }
}
