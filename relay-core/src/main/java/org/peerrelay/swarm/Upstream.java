package org.peerrelay.swarm;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.message.Message;

/**
 * How a home keeps what it knows of one swarm equal to what the first holder knows: it asks every
 * few seconds, and soon again when something was missing, or nobody has answered: a relay on the
 * way may not know yet that the last first holder is gone. Owned by the {@link SwarmDirectory}.
 */
final class Upstream {
  private final DirectoryConfig config;
  private final long token;
  private @Nullable Long dueNs;
  private @Nullable Long equalNs;

  Upstream(DirectoryConfig config, RandomGenerator random) {
    this.config = config;
    this.token = random.nextLong();
  }

  /** What the holder is to say with the news. */
  long token() {
    return token;
  }

  /** Whether it is time to ask; if so, it counts as asked. */
  boolean isDue(long nowNs) {
    Long due = dueNs;
    if (due != null && nowNs - due < 0) {
      return false;
    }
    dueNs = nowNs + config.resyncNs();
    return true;
  }

  /** The way to the holder has changed, or another member has come: asks at the next occasion. */
  void hurry(long nowNs) {
    dueNs = nowNs;
  }

  /** The holder has told something, by the right token. */
  void onNews(Message.SwarmNews news, long nowNs) {
    boolean all = Pages.ALL.equals(news.complete());
    if (news.records().isEmpty() && (all || news.complete() == null)) {
      dueNs = nowNs + config.syncNs(); // nothing differs
    }
    if (all) {
      equalNs = nowNs;
    }
  }

  /** Whether the holder, which knows all, has said of late that this relay does. */
  boolean isEqual(long nowNs) {
    Long last = equalNs;
    return last != null && nowNs - last < config.subscriptionNs();
  }
}
