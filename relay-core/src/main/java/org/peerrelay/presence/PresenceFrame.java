package org.peerrelay.presence;

import java.util.List;
import org.peerrelay.id.PeerId;

/**
 * What members of a presence tell each other, each in one datagram. All but the first three belong
 * to a link and count for nothing without one. Immutable.
 */
public sealed interface PresenceFrame {
  /** No frame is longer; one that is counts as malformed. */
  int MAX_BYTES = 32_768;

  /** What is filled up with records or their names ends before this. */
  int PAGE_BYTES = 16_000;

  /** Length of what {@link FrameCodec#encode} makes of it. */
  int encodedBytes();

  /**
   * Asks for a link.
   *
   * @param urgent the asker has no other link, or no path to the one asked
   */
  record Ask(boolean urgent) implements PresenceFrame {
    @Override
    public int encodedBytes() {
      return 2;
    }
  }

  /** Agrees to a link. Whoever gets it confirms by {@link Alive}. */
  record Accept() implements PresenceFrame {
    @Override
    public int encodedBytes() {
      return 1;
    }
  }

  /** There is no link, or no longer. Not answered. */
  record Disconnect(DisconnectReason reason) implements PresenceFrame {
    @Override
    public int encodedBytes() {
      return 2;
    }
  }

  /**
   * The sender is there.
   *
   * @param summary of all that it has, see {@link RecordStore#summary}
   */
  record Alive(long summary) implements PresenceFrame {
    @Override
    public int encodedBytes() {
      return 1 + Long.BYTES;
    }
  }

  /** Records that are new to the sender, along the tree. */
  record Push(List<SignedRecord> records) implements PresenceFrame {
    /** Copies the list. */
    public Push {
      records = List.copyOf(records);
    }

    @Override
    public int encodedBytes() {
      return 1 + lengthOf(records);
    }
  }

  /** Records that the receiver has asked for, or has shown to lack. */
  record Answer(List<SignedRecord> records) implements PresenceFrame {
    /** Copies the list. */
    public Answer {
      records = List.copyOf(records);
    }

    @Override
    public int encodedBytes() {
      return 1 + lengthOf(records);
    }
  }

  /** Names of records that are new to the sender, where they are not pushed. */
  record Announce(List<RecordId> records) implements PresenceFrame {
    /** Copies the list. */
    public Announce {
      records = List.copyOf(records);
    }

    @Override
    public int encodedBytes() {
      return 1 + RecordId.BYTES * records.size();
    }
  }

  /**
   * Asks for records, of these versions or newer.
   *
   * @param graft what is new shall be pushed over this link from now on
   */
  record Fetch(boolean graft, List<RecordId> records) implements PresenceFrame {
    /** Copies the list. */
    public Fetch {
      records = List.copyOf(records);
    }

    @Override
    public int encodedBytes() {
      return 2 + RecordId.BYTES * records.size();
    }
  }

  /** What is new shall be announced over this link, not pushed: it came another way before. */
  record AnnounceOnly() implements PresenceFrame {
    @Override
    public int encodedBytes() {
      return 1;
    }
  }

  /** Asks for {@link Versions} where the sums differ, see {@link RecordStore#sum}. */
  final class Digest implements PresenceFrame {
    private final long[] sums;

    /** Keeps the array: one sum for each of {@link RecordStore#PARTS} parts. */
    Digest(long[] sums) {
      this.sums = sums;
    }

    long sum(int part) {
      return sums[part];
    }

    @Override
    public int encodedBytes() {
      return 1 + Long.BYTES * sums.length;
    }
  }

  /**
   * The versions of one peer's records that the sender has; 0 for none.
   *
   * @param peer whose
   * @param links of its links
   * @param data of its data
   */
  record PeerVersions(PeerId peer, long links, long data) {
    static final int BYTES = PeerId.BYTES + 2 * Long.BYTES;
  }

  /**
   * What the sender has.
   *
   * @param parts of these it names all that it has, so what is not there it lacks
   * @param peers of these parts, and of others
   */
  record Versions(List<Integer> parts, List<PeerVersions> peers) implements PresenceFrame {
    /** Copies the lists. */
    public Versions {
      parts = List.copyOf(parts);
      peers = List.copyOf(peers);
    }

    @Override
    public int encodedBytes() {
      return 3 + parts.size() + PeerVersions.BYTES * peers.size();
    }
  }

  /**
   * Asks for all that the receiver has.
   *
   * @param cursor 0 for the first page, else the {@code next} of another
   * @param pages how many pages at most
   */
  record AskPages(int cursor, int pages) implements PresenceFrame {
    @Override
    public int encodedBytes() {
      return 6;
    }
  }

  /**
   * A part of all that the sender has.
   *
   * @param cursor where it begins
   * @param next where the next begins; 0 if it is the last
   */
  record Page(int cursor, int next, List<SignedRecord> records) implements PresenceFrame {
    /** Copies the list. */
    public Page {
      records = List.copyOf(records);
    }

    @Override
    public int encodedBytes() {
      return 9 + lengthOf(records);
    }
  }

  private static int lengthOf(List<SignedRecord> records) {
    int bytes = 0;
    for (SignedRecord record : records) {
      bytes += record.encodedBytes();
    }
    return bytes;
  }
}
