package org.peerrelay.daemon;

import java.util.List;
import org.peerrelay.id.PeerId;
import org.peerrelay.transport.WebSocketUrl;

/**
 * Tells the user on standard error when a peer is linked with nobody, though it was given URLs of
 * relays: it dials them for ever, and silence would leave the user to guess. Any thread.
 */
final class LinkNotes {
  /** How long relays may take to answer before the user is told. */
  private static final long PATIENCE_MS = 3_000;

  private final Console console;
  private final List<String> urls;
  private int links;
  private boolean everLinked;
  private boolean alone;
  private boolean ended;

  /** Notes on links to the relays at {@code urls}, if there are any. */
  LinkNotes(Console console, List<String> urls) {
    this.console = console;
    this.urls = urls.stream().map(WebSocketUrl::withoutToken).toList();
  }

  /** A link with {@code peer} is up; tells whether it is the first ever. */
  synchronized boolean onUp(PeerId peer) {
    links++;
    if (alone) {
      alone = false;
      console.note("linked with " + peer);
    }
    boolean first = !everLinked;
    everLinked = true;
    return first;
  }

  /** A link is down; tells whether that is news, since in the end all links are closed. */
  synchronized boolean onDown() {
    links--;
    if (links == 0 && !ended) {
      tellAlone("no link is left; dialing %s until a relay answers");
    }
    return !ended;
  }

  /** Waits until the command is to end, and tells the user if no relay answers before long. */
  void watchUntil(StopSignal stop) throws InterruptedException {
    if (!stop.await(PATIENCE_MS)) {
      onPatienceOver();
      stop.await();
    }
    end();
  }

  private synchronized void onPatienceOver() {
    if (!everLinked) {
      tellAlone("no relay answers at %s; dialing on");
    }
  }

  /** From now on links are closed on purpose; tells whether there has ever been one. */
  synchronized boolean end() {
    ended = true;
    return everLinked;
  }

  private void tellAlone(String note) {
    if (!urls.isEmpty()) {
      alone = true;
      console.note(note.formatted(String.join(", ", urls)));
    }
  }
}
