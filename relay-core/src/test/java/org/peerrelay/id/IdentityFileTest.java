package org.peerrelay.id;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.id.IdentityFileException.Problem;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
@Timeout(60)
class IdentityFileTest {
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void nameTheFile() {
    path = folder.resolve("identity.pem");
  }

  @Test
  void aMissingFileIsMadeAndReadTheNextTime() throws Exception {
    PeerId id;
    try (IdentityFile file = IdentityFile.open(path, random)) {
      id = file.identity().id();
    }

    assertEquals(id, IdentityFile.readOrCreate(path, random).id());
    assertEquals(id, Identity.ofPem(Files.readString(path)).id());
    try (IdentityFile file = IdentityFile.open(path, random)) {
      assertEquals(id, file.identity().id());
    }
    assertEquals(Set.of("identity.pem", "identity.pem.lock"), namesIn(folder));
  }

  @Test
  void readingLeavesNothingBesideTheFile() throws Exception {
    IdentityFile.readOrCreate(path, random);

    assertEquals(Set.of("identity.pem"), namesIn(folder));
  }

  @Test
  void theFileItsLockAndItsNewFoldersAreTheOwnersAloneWhateverTheUmask() throws Exception {
    Path deep = folder.resolve("a").resolve("b").resolve("identity.pem");
    try (OtherProcess other = OtherProcess.readingAfter("umask 0", deep)) {
      PeerId.ofHex(other.outcome());
    }
    IdentityFile.open(deep, random).close();

    assertEquals("rw-------", permissions(deep));
    assertEquals("rw-------", permissions(deep.resolveSibling("identity.pem.lock")));
    assertEquals("rwx------", permissions(folder.resolve("a").resolve("b")));
    assertEquals("rwx------", permissions(folder.resolve("a")));
  }

  @Test
  void aFolderThatExistsKeepsItsPermissions() throws Exception {
    Files.setPosixFilePermissions(folder, fromString("rwxr-xr-x"));

    IdentityFile.readOrCreate(path, random);

    assertEquals("rwxr-xr-x", permissions(folder));
  }

  @Test
  void aFullDiskLeavesNoFile() throws Exception {
    try (OtherProcess other = OtherProcess.readingAfter("ulimit -f 0", path)) {
      String outcome = other.outcome();
      assertTrue(outcome.startsWith(Problem.INACCESSIBLE + " identity file: " + path), outcome);
    }

    assertEquals(Set.of(), namesIn(folder));
  }

  @Test
  void programsThatMakeTheFileAtOnceGetTheSameIdentity() throws Exception {
    int programs = 4;
    ExecutorService executor = Executors.newFixedThreadPool(programs);
    try {
      for (int round = 0; round < 50; round++) {
        Path file = folder.resolve("round-" + round).resolve("identity.pem");
        CyclicBarrier together = new CyclicBarrier(programs);
        Callable<PeerId> program =
            () -> {
              together.await();
              return IdentityFile.readOrCreate(file, random).id();
            };
        Set<PeerId> ids = new HashSet<>();
        for (Future<PeerId> id : executor.invokeAll(List.of(program, program, program, program))) {
          ids.add(id.get());
        }
        assertEquals(Set.of(Identity.ofPem(Files.readString(file)).id()), ids);
        assertEquals(Set.of("identity.pem"), namesIn(file.resolveSibling("")));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aFileSystemWithoutPermissionsAndLinksWillDo() throws Exception {
    Path archive = folder.resolve("archive.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path file = zip.getPath("/a/b/identity.pem");
      PeerId id = IdentityFile.readOrCreate(file, random).id();

      assertEquals(id, IdentityFile.readOrCreate(file, random).id());
      assertEquals(Set.of("identity.pem"), namesIn(file.resolveSibling("")));
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static Set<String> namesIn(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
    }
  }
}
