package org.peerrelay.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KnownAnswersTest {
  /** Clocks may be about to overflow. */
  private static final long START_NS = Long.MAX_VALUE - 5;

  private static final byte[] QUESTION = {1};

  private final KnownAnswers known = new KnownAnswers();

  private static long at(long seconds) {
    return START_NS + TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void anAnswerIsKnownForItsTime() {
    assertNull(known.get(QUESTION, at(0)));
    known.put(QUESTION, AccessVerdict.NO, 10, at(0));
    assertEquals(AccessVerdict.NO, known.get(QUESTION, at(9)));
    assertNull(known.get(QUESTION, at(10)));
    known.put(QUESTION, AccessVerdict.YES, 5, at(20));
    assertEquals(AccessVerdict.YES, known.get(QUESTION, at(24)));
    known.put(QUESTION, AccessVerdict.NO, 0, at(24));
    assertNull(known.get(QUESTION, at(24)));
  }

  @Test
  void noneIsKnownForLongerThanAnHour() {
    known.put(QUESTION, AccessVerdict.YES, 999_999_999, at(0));
    assertEquals(AccessVerdict.YES, known.get(QUESTION, at(3_599)));
    assertNull(known.get(QUESTION, at(3_600)));
  }

  @Test
  void ofTooManyTheOneUsedLongestAgoIsForgotten() {
    for (int i = 0; i < KnownAnswers.MAX_ANSWERS; i++) {
      known.put(digest(i), AccessVerdict.YES, 10, at(0));
    }
    known.get(digest(0), at(0));
    known.put(digest(KnownAnswers.MAX_ANSWERS), AccessVerdict.YES, 10, at(0));
    assertEquals(KnownAnswers.MAX_ANSWERS, known.size());
    assertEquals(AccessVerdict.YES, known.get(digest(0), at(0)));
    assertNull(known.get(digest(1), at(0)));
  }

  private static byte[] digest(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
