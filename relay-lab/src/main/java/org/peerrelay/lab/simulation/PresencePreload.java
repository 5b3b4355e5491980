package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame;
import org.peerrelay.presence.PresenceFrame.Accept;
import org.peerrelay.presence.PresenceFrame.Alive;
import org.peerrelay.presence.PresenceFrame.Ask;
import org.peerrelay.presence.PresenceFrame.AskPages;
import org.peerrelay.presence.PresenceFrame.Disconnect;
import org.peerrelay.presence.PresenceFrame.Page;
import org.peerrelay.presence.PresenceFrame.Push;
import org.peerrelay.presence.RecordKind;
import org.peerrelay.presence.SignedRecord;

/**
 * Gives many peers that begin together all records, as if each had come into a presence that was
 * there: at first they only make links; then each gets the pages that it asks its neighbour for as
 * if the neighbour had everything; and when all have had the time for that, nothing is held back.
 */
final class PresencePreload {
  private static final long LINKED_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOADED_NS = TimeUnit.SECONDS.toNanos(100);
  private static final int RECORDS_IN_PAGE = 60;

  private record Origin(RecordKind kind, PeerId peer) {}

  private final Map<Origin, SignedRecord> records = new LinkedHashMap<>();
  private final List<Page> pages = new ArrayList<>();

  /** Whether a frame is not sent, while this goes on. */
  boolean holdsBack(PresenceFrame frame, long nowNs) {
    if (nowNs >= LOADED_NS) {
      return false;
    }
    if (frame instanceof Push push && nowNs < LINKED_NS) {
      // Nobody gets anything, so nobody pushes anything but its own.
      push.records().forEach(record -> records.put(origin(record), record));
    }
    return !(frame instanceof Ask
        || frame instanceof Accept
        || frame instanceof Disconnect
        || frame instanceof Alive);
  }

  private static Origin origin(SignedRecord record) {
    return new Origin(record.kind(), record.peer());
  }

  /** What a neighbour that has everything answers. */
  List<Page> answer(PresenceFrame frame, long nowNs) {
    if (!(frame instanceof AskPages ask) || nowNs < LINKED_NS || nowNs >= LOADED_NS) {
      return List.of();
    }
    if (pages.isEmpty()) {
      fill();
    }
    int first = ask.cursor();
    return pages.subList(first, Math.min(pages.size(), first + ask.pages()));
  }

  private void fill() {
    List<SignedRecord> all = new ArrayList<>(records.values());
    for (int from = 0; from < all.size(); from += RECORDS_IN_PAGE) {
      int to = Math.min(all.size(), from + RECORDS_IN_PAGE);
      int next = to == all.size() ? 0 : pages.size() + 1;
      pages.add(new Page(pages.size(), next, all.subList(from, to)));
    }
  }
}
