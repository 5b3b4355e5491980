package org.peerrelay.daemon.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPeer;

/** Daemons of which each was bootstrapped to the one before, and one leaf of each kind at each. */
final class Chain implements AutoCloseable {
  private final List<JavaPeer> daemons = new ArrayList<>();
  private final List<JavaPeer> javaLeaves = new ArrayList<>();
  private final List<NpmPeer> npmLeaves = new ArrayList<>();

  private Chain() {}

  /** Daemons that tell each other their URLs, and so end with links each to each. */
  static Chain meshed(int length) {
    Chain chain = begin(length, bootstraps -> JavaPeer.daemon(bootstraps));
    for (JavaPeer one : chain.daemons) {
      for (JavaPeer other : chain.daemons) {
        if (one != other) {
          one.awaitLinked(other.id());
        }
      }
    }
    return chain;
  }

  /** Daemons without URLs, each of which can reach its two neighbours only. */
  static Chain stretched(int length) {
    Chain chain = begin(length, bootstraps -> JavaPeer.withoutUrl(bootstraps));
    for (int i = 1; i < length; i++) {
      chain.daemon(i).awaitLinked(chain.daemon(i - 1).id());
      chain.daemon(i - 1).awaitLinked(chain.daemon(i).id());
    }
    return chain;
  }

  private static Chain begin(int length, Function<String[], JavaPeer> start) {
    Chain chain = new Chain();
    String[] bootstraps = {};
    for (int i = 0; i < length; i++) {
      JavaPeer daemon = start.apply(bootstraps);
      chain.daemons.add(daemon);
      bootstraps = new String[] {daemon.url()};
    }
    return chain;
  }

  int length() {
    return daemons.size();
  }

  JavaPeer daemon(int place) {
    return daemons.get(place);
  }

  /** Adds one leaf of each kind to every daemon, and waits until all daemons can reach them. */
  Chain withLeaves(NpmHost host) {
    for (int place = 0; place < daemons.size(); place++) {
      JavaPeer daemon = daemon(place);
      NpmPeer npmLeaf = host.open("leaf of daemon " + place, daemon.url());
      npmLeaf.awaitAccepted(daemon.id());
      npmLeaves.add(npmLeaf);
      JavaPeer javaLeaf = JavaPeer.leaf(daemon.url());
      javaLeaves.add(javaLeaf);
      daemon.awaitLinked(javaLeaf.id());
    }
    for (JavaPeer daemon : daemons) {
      javaLeaves.forEach(leaf -> daemon.awaitReached(leaf.id()));
    }
    return this;
  }

  /** The daemons and the leaves. */
  Circle circle() {
    return new Circle()
        .with(daemons.toArray(JavaPeer[]::new))
        .with(javaLeaves.toArray(JavaPeer[]::new))
        .with(npmLeaves.toArray(NpmPeer[]::new));
  }

  @Override
  public void close() {
    javaLeaves.forEach(JavaPeer::close);
    daemons.forEach(JavaPeer::close);
  }
}
