package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.overlay.KnownRelay;

/** What of the known relays outlives a process. */
class KnownRelaysFileTest {
  private static final String FIRST = "peer-relay known relays 1\n";
  private static final int DISK_BYTES = 65_536;

  @TempDir Path folder;

  private final Random random = new Random(12);

  private Path path() {
    return folder.resolve("identity.pem.relays");
  }

  private KnownRelay relay(String url, int failures) {
    return new KnownRelay(PeerId.random(random), url, failures);
  }

  private void keep(List<KnownRelay> relays) {
    new KnownRelaysFile(path()).keep(relays).join();
  }

  private List<KnownRelay> read() {
    return new KnownRelaysFile(path()).read();
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  private static void fill(Path filler) throws IOException {
    assertThrows(IOException.class, () -> Files.write(filler, new byte[DISK_BYTES + 1]));
  }

  @Test
  void whatIsKeptIsReadInTheSameOrder() throws IOException {
    List<KnownRelay> relays = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      relays.add(relay("wss://relay" + i + ".example:8443/" + "x".repeat(480), i));
    }
    keep(relays);
    assertEquals(relays, read());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path()), files.toList(), "nothing else is left");
    }
  }

  @Test
  void aMissingFileIsEmptyAndIsMadeWhenThereIsSomethingToKeep() {
    KnownRelaysFile file = new KnownRelaysFile(path());
    assertEquals(List.of(), file.read());
    file.keep(List.of()).join();
    assertFalse(Files.exists(path()));
    List<KnownRelay> one = List.of(relay("ws://127.0.0.1:8000", 0));
    file.keep(one).join();
    assertEquals(one, read());
  }

  @Test
  void itIsWrittenOnlyWhenItHasChanged() throws IOException {
    List<KnownRelay> one = List.of(relay("ws://127.0.0.1:8000", 0));
    KnownRelaysFile file = new KnownRelaysFile(path());
    file.keep(one).join();
    Files.delete(path());
    file.keep(one).join();
    assertFalse(Files.exists(path()));
    file.keep(List.of()).join();
    assertEquals(FIRST, Files.readString(path()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no id",
        "81aa000000000000000000000000000000000000 0",
        "81aa000000000000000000000000000000000000 -1 ws://a.example",
        "81aa000000000000000000000000000000000000 x ws://a.example",
        "81aa00000000000000000000000000000000000 0 ws://a.example",
        "81aa000000000000000000000000000000000000 0 http://a.example",
        "81aa000000000000000000000000000000000000 0 ws://a.example more",
        "81aa000000000000000000000000000000000000 0 ",
        ""
      })
  void aDamagedFileCountsForNothingAndIsReplaced(String line) throws IOException {
    Files.writeString(path(), FIRST + line + "\n");
    assertEquals(List.of(), read());
    List<KnownRelay> one = List.of(relay("ws://127.0.0.1:8000", 0));
    KnownRelaysFile file = new KnownRelaysFile(path());
    file.read();
    file.keep(one).join();
    assertEquals(one, read());
  }

  @Test
  void aUrlLongerThanOthersMayNameIsNeitherReadNorWritten() throws IOException {
    KnownRelay tooLong = relay("ws://a.example/" + "x".repeat(500), 0);
    keep(List.of(tooLong));
    assertFalse(Files.exists(path()));
    Files.writeString(path(), FIRST + tooLong.id() + " 0 " + tooLong.url() + "\n");
    assertEquals(List.of(), read());
  }

  @Test
  void anotherFileIsLeftAsItIs() throws IOException {
    String text = "-----BEGIN PRIVATE KEY-----\n";
    Files.writeString(path(), text);
    KnownRelaysFile file = new KnownRelaysFile(path());
    assertEquals(List.of(), file.read());
    file.keep(List.of(relay("ws://127.0.0.1:8000", 0))).join();
    assertEquals(text, Files.readString(path()));
  }

  @Test
  void whatCouldNotBeWrittenIsTriedAgain() throws IOException {
    Path late = folder.resolve("late").resolve("relays");
    List<KnownRelay> one = List.of(relay("ws://127.0.0.1:8000", 0));
    KnownRelaysFile file = new KnownRelaysFile(late);
    file.keep(one).join();
    Files.createDirectory(late.getParent());
    file.keep(one).join();
    assertEquals(one, new KnownRelaysFile(late).read());
  }

  /** On a disk of its own, since everybody else would notice; only root can have one. */
  @Test
  void aFullDiskIsOneWarningUntilThereIsRoomAgain() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "none", disk.toString()),
        "no mount");
    try {
      List<KnownRelay> one = List.of(relay("ws://127.0.0.1:8000", 0));
      Path filler = disk.resolve("filler");
      fill(filler);
      KnownRelaysFile file = new KnownRelaysFile(disk.resolve("relays"));
      try (Warnings warnings = new Warnings(KnownRelaysFile.class)) {
        file.keep(one).join();
        file.keep(one).join();
        String line =
            "known relays file: %s: cannot be written: No space left on device; going on without";
        assertEquals(List.of(line.formatted(disk.resolve("relays"))), warnings.rest());
      }
      try (Stream<Path> files = Files.list(disk)) {
        assertEquals(List.of(filler), files.toList(), "nothing else is left");
      }
      Files.delete(filler);
      file.keep(one).join();
      assertEquals(one, new KnownRelaysFile(disk.resolve("relays")).read());
    } finally {
      assertTrue(run("umount", disk.toString()));
    }
  }

  @Test
  void aFolderOrAMissingFolderIsNoReasonToFail() throws IOException {
    Files.createDirectory(path());
    KnownRelaysFile file = new KnownRelaysFile(path());
    assertEquals(List.of(), file.read());
    file.keep(List.of(relay("ws://127.0.0.1:8000", 0))).join();
    assertTrue(Files.isDirectory(path()));
    KnownRelaysFile missing = new KnownRelaysFile(folder.resolve("missing").resolve("relays"));
    assertEquals(List.of(), missing.read());
    missing.keep(List.of(relay("ws://127.0.0.1:8000", 0))).join();
    assertFalse(Files.exists(folder.resolve("missing")));
  }
}
