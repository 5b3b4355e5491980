package org.peerrelay.daemon.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;

/** The way to answer the request that {@code front} is at. */
record OneExchange(
    HttpFront front, ChannelHandlerContext ctx, HttpRequest request, HttpCounters counters)
    implements Exchange {
  @Override
  public void answer(Answer answer) {
    if (ctx.executor().inEventLoop()) {
      front.answer(ctx, request, answer);
    } else {
      ctx.executor().execute(() -> front.answer(ctx, request, answer));
    }
  }

  @Override
  public void refuse(ProblemException refusal) {
    counters.countRefused(refusal.problem().reason());
    answer(refusal.answer());
  }

  @Override
  public void serveLater(Endpoint endpoint, Request whole) {
    ctx.executor()
        .execute(
            () -> {
              if (ctx.channel().isActive()) {
                front.serveLater(endpoint, whole, this);
              }
            });
  }

  @Override
  public void end() {
    ctx.channel().close();
  }

  @Override
  public EventStream stream(int maxPendingBytes, Runnable onClosed) {
    return new EventStream(
        ctx,
        request.protocolVersion(),
        front.readers(request),
        maxPendingBytes,
        counters,
        () -> front.onStreaming(ctx, request, onClosed));
  }
}
