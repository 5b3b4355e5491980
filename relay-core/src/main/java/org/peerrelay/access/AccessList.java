package org.peerrelay.access;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.routing.AddressLiteral;

/**
 * Peers and addresses that stand in a file, one a line: an id of 40 hexadecimal digits, an address,
 * or a block of addresses. {@code #} begins a comment. Immutable; looking up takes the same time
 * however long the list is.
 */
public final class AccessList {
  /** A list without entries. */
  public static final AccessList EMPTY = new AccessList(Set.of(), Set.of());

  /** Some 30 MB of heap at most. Who has more to list asks a service. */
  static final int MAX_ENTRIES = 100_000;

  /** Room for the longest entries, and as much again for comments. */
  static final int MAX_BYTES = 8 * 1_024 * 1_024;

  private static final int MAX_TOLD = 80;

  private final Set<PeerId> ids;
  private final Set<AddressBlock> blocks;

  /** The lengths of all prefixes that there are. */
  private final Set<Integer> prefixBits;

  private AccessList(Set<PeerId> ids, Set<AddressBlock> blocks) {
    this.ids = ids;
    this.blocks = blocks;
    this.prefixBits = new TreeSet<>(blocks.stream().map(AddressBlock::prefixBits).toList());
  }

  /**
   * Reads a file.
   *
   * @throws AccessFileException with one clear line if it cannot be read, or a line of it means
   *     nothing
   */
  public static AccessList read(Path file) throws AccessFileException {
    List<String> lines = AccessFile.lines(file, MAX_BYTES);
    Set<PeerId> ids = new HashSet<>();
    Set<AddressBlock> blocks = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String entry = lines.get(i).replaceFirst("#.*", "").strip();
      if (!entry.isEmpty()) {
        add(entry, ids, blocks, file + ":" + (i + 1));
      }
    }
    if (ids.size() + blocks.size() > MAX_ENTRIES) {
      throw new AccessFileException(
          "%s: %d entries (expected: at most %d)"
              .formatted(file, ids.size() + blocks.size(), MAX_ENTRIES));
    }
    return new AccessList(ids, blocks);
  }

  private static void add(String entry, Set<PeerId> ids, Set<AddressBlock> blocks, String place)
      throws AccessFileException {
    Optional<PeerId> id = PeerId.parse(entry);
    if (id.isPresent()) {
      ids.add(id.get());
      return;
    }
    try {
      blocks.add(AddressBlock.parse(entry));
    } catch (IllegalArgumentException e) {
      String told = entry.length() > MAX_TOLD ? entry.substring(0, MAX_TOLD) + "..." : entry;
      throw new AccessFileException(
          place
              + ": '"
              + told
              + "' (expected: an id of 40 hexadecimal digits, an address, or a block with zeros"
              + " behind its prefix, as 10.0.0.0/8 or 2001:db8::/32)",
          e);
    }
  }

  /** Whether {@code id} stands in it; nobody's does not. */
  boolean has(@Nullable PeerId id) {
    return id != null && ids.contains(id);
  }

  /** Whether {@code address} stands in it, or a block that it is in; an unknown one does not. */
  boolean has(@Nullable InetAddress address) {
    if (address == null || blocks.isEmpty()) {
      return false;
    }
    int bits = AddressLiteral.unmapped(address).getAddress().length * Byte.SIZE;
    return prefixBits.stream()
        .anyMatch(
            length -> length <= bits && blocks.contains(AddressBlock.around(address, length)));
  }

  /** Whether ids stand in it, so that an address alone does not decide. */
  boolean hasIds() {
    return !ids.isEmpty();
  }
}
