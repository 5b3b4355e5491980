package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The running hosts of a kind, of which any can be drawn. A host is in one of these only. */
final class Members implements Iterable<Host> {
  private final List<Host> hosts = new ArrayList<>();

  void add(Host host) {
    host.place = hosts.size();
    hosts.add(host);
  }

  void remove(Host host) {
    Host last = hosts.remove(hosts.size() - 1);
    if (last != host) {
      hosts.set(host.place, last);
      last.place = host.place;
    }
  }

  int size() {
    return hosts.size();
  }

  /** Any of them; there must be one. */
  Host any(RandomGenerator random) {
    return hosts.get(random.nextInt(hosts.size()));
  }

  @Override
  public Iterator<Host> iterator() {
    return hosts.iterator();
  }
}
