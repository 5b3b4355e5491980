package org.peerrelay.presence;

import org.peerrelay.rate.Rate;

/**
 * What others may make this peer keep, do or send. Each bound has a {@link PresenceDrop} that
 * counts what it has refused.
 *
 * @param maxMembers how many members count. Each costs 30 bytes and its two records; whoever makes
 *     up identities and joins the swarm with them costs no more than that
 * @param maxDataBytes how long a peer's data may be, ours too: enough for a profile, not for a
 *     picture. 10,000 of them are 40 MB at most
 * @param origin how often each peer's records may change. What changes faster is left out, and the
 *     newest is fetched later, so that one that floods costs everybody one record a second
 * @param stranger how many frames a member may send us that has no link with us
 * @param maxStrangers of how many such members that is remembered
 * @param evictions how often a full peer gives up a link for one that has none or is cut off. Such
 *     requests cost nothing, and would throw out all honest neighbours
 * @param neighbourBytes what each neighbour may send
 * @param neighbourFrames how many frames each neighbour may send
 * @param pushBytes what is pushed over one link. What is more is found by a comparison soon after
 * @param answerBytes what is sent to one neighbour because it has asked: its question is short, and
 *     the whole graph long
 * @param maxWanted how many records are looked for at once; announcements may be invented
 * @param maxAnnouncements how many announcements wait for one link. More are left to a comparison
 * @param maxEarly how many records are kept of peers that are not yet known as members: the news
 *     that a member has come and its first record go different ways
 */
public record BoundConfig(
    int maxMembers,
    int maxDataBytes,
    Rate origin,
    Rate stranger,
    int maxStrangers,
    Rate evictions,
    Rate neighbourBytes,
    Rate neighbourFrames,
    Rate pushBytes,
    Rate answerBytes,
    int maxWanted,
    int maxAnnouncements,
    int maxEarly) {
  /** For every peer. */
  public static final BoundConfig DEFAULT =
      new BoundConfig(
          20_000,
          4_096,
          new Rate(1, 10),
          new Rate(1, 8),
          1_024,
          new Rate(1, 2),
          new Rate(512 << 10, 1 << 20),
          new Rate(200, 1_000),
          new Rate(32 << 10, 128 << 10),
          new Rate(256 << 10, 256 << 10),
          512,
          64,
          128);

  /** What is announced, or fetched, at once fits into a frame. */
  private static final int MAX_NAMES = 512;

  /** Checks that what is sent at once fits into a frame. */
  public BoundConfig {
    if (maxDataBytes < 0 || maxDataBytes > DataRecord.MAX_BYTES) {
      throw new IllegalArgumentException(
          "data bytes: " + maxDataBytes + " (expected: 0 to " + DataRecord.MAX_BYTES + ")");
    }
    if (maxWanted > MAX_NAMES || maxAnnouncements > MAX_NAMES) {
      throw new IllegalArgumentException(
          "wanted and announcements: "
              + maxWanted
              + ", "
              + maxAnnouncements
              + " (expected: at most "
              + MAX_NAMES
              + ")");
    }
  }

  /** The same with data of so many bytes. */
  public BoundConfig withMaxDataBytes(int bytes) {
    return new BoundConfig(
        maxMembers,
        bytes,
        origin,
        stranger,
        maxStrangers,
        evictions,
        neighbourBytes,
        neighbourFrames,
        pushBytes,
        answerBytes,
        maxWanted,
        maxAnnouncements,
        maxEarly);
  }
}
