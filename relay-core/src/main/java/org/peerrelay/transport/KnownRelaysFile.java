package org.peerrelay.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.peerrelay.id.PeerId;
import org.peerrelay.overlay.KnownRelay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps the relays that a node has met across restarts: a line that says what it is,
 * and one for each relay, with id, failures and URL.
 *
 * <p>Nothing depends on it: what goes wrong is told in one warning, and the node goes on without. A
 * damaged file is replaced at the next occasion, one that is none of these never; what could not be
 * written, as on a full disk, is tried again at the next. The control loop owns it; it writes on
 * another thread, and replaces the file as a whole.
 */
final class KnownRelaysFile {
  private static final Logger LOG = LoggerFactory.getLogger(KnownRelaysFile.class);

  private static final String FIRST_LINE = "peer-relay known relays 1";

  /** As long as others may name one. Operators may give longer ones, which are not kept. */
  private static final int MAX_URL = 512;

  /** More than 64 of the longest lines; a larger file is not read. */
  private static final int MAX_BYTES = 64 * 1024;

  private final Path file;
  private List<KnownRelay> last = List.of();
  private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
  private boolean ours = true;
  private volatile boolean warned;
  private volatile boolean failed;

  KnownRelaysFile(Path file) {
    this.file = file;
  }

  /** What is in the file; nothing if it does not exist, or is damaged. */
  List<KnownRelay> read() {
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        last = parse(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
      } catch (IOException e) {
        ours = false;
        warn("cannot be read", e);
      } catch (IllegalArgumentException e) {
        LOG.warn("known relays file: {}: {}; going on without", file, e.getMessage());
      }
    }
    return last;
  }

  private List<KnownRelay> parse(String text) {
    List<String> lines = text.lines().toList();
    if (!lines.isEmpty() && !lines.get(0).equals(FIRST_LINE)) {
      ours = false;
      throw new IllegalArgumentException(
          "another file, which is left as it is (expected: '" + FIRST_LINE + "' first)");
    }
    List<KnownRelay> relays = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      try {
        relays.add(relay(lines.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "line " + (i + 1) + " is damaged (expected: ID FAILURES URL)", e);
      }
    }
    return List.copyOf(relays);
  }

  private static KnownRelay relay(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3 || words[2].length() > MAX_URL) {
      throw new IllegalArgumentException("line: '" + line + "' (expected: three words)");
    }
    int failures = Integer.parseInt(words[1]);
    if (failures < 0) {
      throw new IllegalArgumentException("failures: " + failures + " (expected: 0 or more)");
    }
    return new KnownRelay(PeerId.ofHex(words[0]), WebSocketUrl.check(words[2]), failures);
  }

  /**
   * Writes {@code relays}, unless the file holds just those. Done when they are there, or cannot
   * be.
   */
  CompletableFuture<Void> keep(List<KnownRelay> relays) {
    List<KnownRelay> kept =
        relays.stream().filter(relay -> relay.url().length() <= MAX_URL).toList();
    if (ours && (failed || !kept.equals(last))) {
      last = kept;
      failed = false;
      writing = writing.thenRunAsync(() -> write(kept));
    }
    return writing;
  }

  private void write(List<KnownRelay> relays) {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    for (KnownRelay relay : relays) {
      text.append(relay.id()).append(' ').append(relay.failures()).append(' ');
      text.append(relay.url()).append('\n');
    }
    try {
      replace(StandardCharsets.UTF_8.encode(text.toString()));
      warned = false;
    } catch (IOException e) {
      failed = true;
      warn("cannot be written", e);
    }
  }

  private void replace(ByteBuffer bytes) throws IOException {
    Path target = file.toAbsolutePath();
    Path temporary = Files.createTempFile(target.resolveSibling(""), ".relays-", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void warn(String what, IOException e) {
    if (!warned) {
      warned = true;
      String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
      String told = e instanceof NoSuchFileException ? "no such folder" : String.valueOf(reason);
      LOG.warn("known relays file: {}: {}: {}; going on without", file, what, told);
    }
  }
}
