package org.peerrelay.daemon.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the front is asked for, and what it refused or cut off, by reason. The reasons are
 * constants of the code, so there are few of them. Any number of threads.
 */
public final class HttpCounters {
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final LongAdder requests = new LongAdder();
  private final LongAdder streams = new LongAdder();

  /** Counts one for {@code reason}, such as {@code no-route}. */
  public void countRefused(String reason) {
    refused.computeIfAbsent(reason, name -> new LongAdder()).increment();
  }

  /** Counts a request, whatever comes of it. */
  void countRequest() {
    requests.increment();
  }

  /** An event stream has been opened. */
  void streamOpened() {
    streams.increment();
  }

  /** One has ended. */
  void streamClosed() {
    streams.decrement();
  }

  /** How many requests have come. */
  public long requests() {
    return requests.sum();
  }

  /** How many event streams are open. */
  public long streams() {
    return streams.sum();
  }

  /** How often each reason has occurred; one that never did is not there. */
  public Map<String, Long> refused() {
    Map<String, Long> counts = new TreeMap<>();
    refused.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }
}
