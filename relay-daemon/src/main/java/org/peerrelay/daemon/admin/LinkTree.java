package org.peerrelay.daemon.admin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.transport.ClosedLink;
import org.peerrelay.transport.LinkStatus;
import org.peerrelay.transport.Traffic;

/** Links as JSON trees. */
final class LinkTree {
  /** As many links are told at once, some 3 MB; those for which most waits. */
  private static final int MAX_LINKS = 10_000;

  private LinkTree() {}

  /** How many links there are, and each of them. */
  static Map<String, Object> links(List<LinkStatus> links) {
    return Map.of(
        "count",
        links.size(),
        "links",
        links.stream()
            .sorted(Comparator.comparingLong(LinkStatus::queueBytes).reversed())
            .limit(MAX_LINKS)
            .map(LinkTree::link)
            .toList());
  }

  /** The links that have ended, the last of them first. */
  static Map<String, Object> closed(List<ClosedLink> closed) {
    List<Map<String, @Nullable Object>> newestFirst =
        new ArrayList<>(closed.stream().map(LinkTree::closed).toList());
    Collections.reverse(newestFirst);
    return Map.of("closed", newestFirst);
  }

  private static Map<String, @Nullable Object> closed(ClosedLink link) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    CloseReason ours = link.ours();
    tree.put("at", link.at().toString());
    tree.put("by", ours == null ? "peer" : "relay");
    tree.put("reason", ours == null ? "hung-up" : name(ours));
    tree.put("code", link.theirCode() == 0 ? null : link.theirCode());
    tree.putAll(link(link.last()));
    return tree;
  }

  private static Map<String, @Nullable Object> link(LinkStatus link) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    Traffic traffic = link.traffic();
    DropReason lastDrop = link.lastDrop();
    tree.put("id", link.peer().hex());
    tree.put("kind", link.relay() ? "relay" : "leaf");
    tree.put("protocol", protocol(link));
    tree.put("direction", direction(link));
    tree.put("inTable", link.inTable());
    tree.put("address", link.address());
    tree.put("ageS", TimeUnit.NANOSECONDS.toSeconds(link.ageNs()));
    tree.put("queueBytes", link.queueBytes());
    tree.put("received", traffic.received());
    tree.put("receivedBytes", traffic.receivedBytes());
    tree.put("sent", traffic.sent());
    tree.put("sentBytes", traffic.sentBytes());
    tree.put("dropped", link.dropped());
    tree.put("lastDrop", lastDrop == null ? null : name(lastDrop));
    tree.put("throttled", link.throttled());
    tree.put("throttledNow", link.isThrottled());
    return tree;
  }

  /** 2 or legacy. */
  static String protocol(LinkStatus link) {
    return link.format() == LinkFormat.BINARY ? "2" : "legacy";
  }

  /** Who has dialed. */
  static String direction(LinkStatus link) {
    return link.dialed() ? "out" : "in";
  }

  /** As it stands in JSON and in labels: {@code queue-full}. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
