package org.peerrelay.access;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a service has said and allowed to remember, by digests of the questions, since tokens stand
 * in these. Any thread.
 */
final class KnownAnswers {
  /** Under a megabyte. Of more the one used longest ago is forgotten, and is asked for again. */
  static final int MAX_ANSWERS = 4_096;

  /** A service that is changed has its way after an hour at the latest. */
  static final long MAX_AGE_S = 3_600;

  private record Answer(AccessVerdict verdict, long untilNs) {}

  private final Map<ByteBuffer, Answer> byDigest =
      new LinkedHashMap<>(16, 0.75F, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Answer> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  /** The answer to a question; null if none is known, or it is too old. */
  synchronized @Nullable AccessVerdict get(byte[] digest, long nowNs) {
    Answer answer = byDigest.get(ByteBuffer.wrap(digest));
    return answer == null || nowNs - answer.untilNs >= 0 ? null : answer.verdict;
  }

  /** Remembers an answer for {@code maxAgeS} seconds; 0 is not at all. */
  synchronized void put(byte[] digest, AccessVerdict verdict, long maxAgeS, long nowNs) {
    long untilNs = nowNs + TimeUnit.SECONDS.toNanos(Math.min(maxAgeS, MAX_AGE_S));
    if (maxAgeS > 0) {
      byDigest.put(ByteBuffer.wrap(digest), new Answer(verdict, untilNs));
    } else {
      byDigest.remove(ByteBuffer.wrap(digest));
    }
  }

  /** How many there are, old ones included. */
  synchronized int size() {
    return byDigest.size();
  }
}
