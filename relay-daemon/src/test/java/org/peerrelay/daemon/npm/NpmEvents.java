package org.peerrelay.daemon.npm;

import java.util.concurrent.CompletableFuture;

/** What one npm peer or socket has reported, by kind. Peers are named by their ids. */
record NpmEvents(
    Inbox<NpmMessage> messages,
    Inbox<NpmDatagram> datagrams,
    Inbox<String> peers,
    Inbox<String> acceptances,
    Inbox<String> closings) {
  NpmEvents(CompletableFuture<String> ended) {
    this(
        new Inbox<>(ended),
        new Inbox<>(ended),
        new Inbox<>(ended),
        new Inbox<>(ended),
        new Inbox<>(ended));
  }
}
