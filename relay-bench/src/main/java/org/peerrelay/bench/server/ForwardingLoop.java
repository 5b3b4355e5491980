package org.peerrelay.bench.server;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * What the connections of one event loop share: who is where, and who has been written to since the
 * last flush.
 */
final class ForwardingLoop {
  private final EventLoop eventLoop;
  private final boolean gathers;
  private final Map<PeerId, ForwardingHandler> receivers = new HashMap<>();
  private final List<ForwardingHandler> unflushed = new ArrayList<>();

  /**
   * Without connections yet.
   *
   * @param gathers whether to flush when the loop has read from all sockets that had something, or
   *     else after each of them
   */
  ForwardingLoop(EventLoop eventLoop, boolean gathers) {
    this.eventLoop = eventLoop;
    this.gathers = gathers;
  }

  void join(PeerId id, ForwardingHandler receiver) {
    receivers.put(id, receiver);
  }

  void leave(PeerId id, ForwardingHandler receiver) {
    receivers.remove(id, receiver);
  }

  @Nullable ForwardingHandler receiver(PeerId id) {
    return receivers.get(id);
  }

  void flushLater(ForwardingHandler receiver) {
    if (gathers && unflushed.isEmpty()) {
      eventLoop.execute(this::flush);
    }
    unflushed.add(receiver);
  }

  void onReadComplete() {
    if (!gathers) {
      flush();
    }
  }

  private void flush() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
  }
}
