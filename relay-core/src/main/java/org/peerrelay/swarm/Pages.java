package org.peerrelay.swarm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Message;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;

/** The answer to a question for the members that the asker does not know. Pure functions. */
final class Pages {
  /** All ids. */
  static final IdRange ALL = new IdRange(new PeerId(0, 0, 0), new PeerId(-1, -1, -1));

  private static final int PREFIX_SHIFT = Long.SIZE - 4;

  private Pages() {}

  /**
   * As many datagrams as it takes: for each bucket in which the two differ its members, and the ids
   * among which those are all.
   *
   * @param claims whether the answer may say that those are all
   */
  static List<Message.SwarmNews> answer(
      Message.SwarmSync sync, SwarmMembers members, boolean claims, long nowNs) {
    List<Message.SwarmNews> pages = new ArrayList<>();
    for (int bucket = 0; bucket < SwarmDigest.BUCKETS; bucket++) {
      if (sync.known().sum(bucket) != members.digest().sum(bucket)) {
        IdRange range = bucket(bucket);
        List<SwarmRecord> records =
            members.present(range).stream().map(member -> member.record(nowNs)).toList();
        addPages(pages, sync, claims ? range : null, records);
      }
    }
    if (pages.isEmpty()) {
      pages.add(news(sync, claims ? ALL : null, List.of()));
    }
    return pages;
  }

  /** How many members they tell of. */
  static int records(List<Message.SwarmNews> pages) {
    return pages.stream().mapToInt(page -> page.records().size()).sum();
  }

  private static void addPages(
      List<Message.SwarmNews> pages,
      Message.SwarmSync sync,
      @Nullable IdRange range,
      List<SwarmRecord> records) {
    PeerId first = range == null ? ALL.first() : range.first();
    int from = 0;
    do {
      int to = Math.min(from + Message.MAX_SWARM_RECORDS, records.size());
      boolean last = to == records.size();
      PeerId end =
          last ? (range == null ? ALL : range).last() : records.get(to - 1).membership().peer();
      IdRange complete = range == null ? null : new IdRange(first, end);
      pages.add(news(sync, complete, records.subList(from, to)));
      first = after(end);
      from = to;
    } while (from < records.size());
  }

  private static Message.SwarmNews news(
      Message.SwarmSync sync, @Nullable IdRange complete, List<SwarmRecord> records) {
    return new Message.SwarmNews(sync.swarm(), sync.token(), complete, records);
  }

  private static IdRange bucket(int bucket) {
    long high = (long) bucket << PREFIX_SHIFT;
    return new IdRange(new PeerId(high, 0, 0), new PeerId(high | -1L >>> 4, -1, -1));
  }

  /** The next id; that after the last one is the first, which nobody asks for. */
  private static PeerId after(PeerId id) {
    int low = id.low() + 1;
    long middle = low == 0 ? id.middle() + 1 : id.middle();
    long high = low == 0 && middle == 0 ? id.high() + 1 : id.high();
    return new PeerId(high, middle, low);
  }
}
