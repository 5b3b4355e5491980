package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.testing.TestAuthority;
import org.peerrelay.testing.TestAuthority.Issued;

/** When the files of a certificate are read again, and what then. */
class CertificateFilesTest {
  @TempDir Path folder;

  private final TestAuthority authority = new TestAuthority();
  private final List<String> notes = new ArrayList<>();
  private Path certificate;
  private Path key;
  private CertificateFiles files;
  private int writes;

  @BeforeEach
  void open() throws Exception {
    certificate = folder.resolve("fullchain.pem");
    key = folder.resolve("privkey.pem");
    Issued first = authority.issue("relay.example");
    write(certificate, first.chain());
    write(key, first.key());
    files = new CertificateFiles(certificate, key, Clock.systemUTC(), notes::add);
  }

  @AfterEach
  void close() {
    files.close();
  }

  /** So that each has another time, whatever the file system's grain. */
  private void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + 1_000L * ++writes));
  }

  private String note() {
    assertEquals(1, notes.size(), notes::toString);
    return notes.remove(0);
  }

  @Test
  void filesThatStayAsTheyAreAreLeftAlone() {
    files.check();
    files.check();
    assertEquals(List.of(), notes);
  }

  @Test
  void whatHasChangedIsTakenUpOnceItIsStill() throws Exception {
    Issued next = authority.issueRsa("relay.example");
    write(certificate, next.chain());
    files.check();
    write(key, next.key());
    files.check();
    assertEquals(List.of(), notes, "half of it was not looked at");
    files.check();
    String note = note();
    assertTrue(note.startsWith("certificate in " + certificate + " taken up; it holds"), note);
    files.check();
    assertEquals(List.of(), notes);
  }

  @Test
  void whatCannotBeUsedIsToldOnceAndChangesNothing() throws Exception {
    Instant before = files.tls().expires();
    write(key, authority.issue("relay.example").key());
    files.check();
    files.check();
    files.check();
    assertEquals(
        "certificate not changed: --tls-cert %s --tls-key %s: key: not that of the certificate"
                .formatted(certificate, key)
            + " (expected: the key of the first one in its file)",
        note());
    assertEquals(before, files.tls().expires());
    Files.delete(certificate);
    files.check();
    files.check();
    assertEquals(
        "certificate not changed: --tls-cert: cannot read "
            + certificate
            + " (No such file or directory)",
        note());
  }

  @Test
  void onRequestTheyAreReadAtOnce() throws Exception {
    Issued next = authority.issueRsa("relay.example");
    write(certificate, next.chain());
    write(key, next.key());
    files.reload();
    assertTrue(note().startsWith("certificate in "));
    files.check();
    files.check();
    assertEquals(List.of(), notes, "they have been read");
  }

  @Test
  void atTheStartThereIsNoOldOneToStay() {
    Clock late = Clock.fixed(Instant.now().plusSeconds(1_000_000), ZoneOffset.UTC);
    String line =
        String.valueOf(
            assertThrows(
                    CommandFailedException.class,
                    () -> new CertificateFiles(certificate, key, late, notes::add))
                .getMessage());
    assertTrue(line.contains("certificate: holds from "), line);
  }
}
