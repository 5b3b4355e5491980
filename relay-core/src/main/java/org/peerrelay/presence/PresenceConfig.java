package org.peerrelay.presence;

/**
 * The constants of presence.
 *
 * @param links of links between members
 * @param gossip of how records spread, are compared and are forgotten
 * @param bounds of what others may make this peer keep, do or send
 */
public record PresenceConfig(LinkConfig links, GossipConfig gossip, BoundConfig bounds) {
  /** For every peer. */
  public static final PresenceConfig DEFAULT =
      new PresenceConfig(LinkConfig.DEFAULT, GossipConfig.DEFAULT, BoundConfig.DEFAULT);

  /** The same with other bounds. */
  public PresenceConfig withBounds(BoundConfig other) {
    return new PresenceConfig(links, gossip, other);
  }
}
