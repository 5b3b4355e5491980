package org.peerrelay.daemon.soak;

import java.util.List;
import java.util.Objects;
import org.peerrelay.daemon.npm.NpmMessage;
import org.peerrelay.daemon.npm.NpmPayload;
import org.peerrelay.daemon.npm.NpmPeer;
import org.peerrelay.message.Payload;

/** A peer of the npm package. Its host ends it. */
record NpmTalker(NpmPeer peer) implements Talker {
  @Override
  public String id() {
    return peer.id();
  }

  @Override
  public void send(String to, Payload payload) {
    peer.send(
        to,
        switch (payload.kind()) {
          case JSON -> NpmPayload.json(payload.jsonText());
          case BYTES -> NpmPayload.bytes(payload.toBytes());
          case UNDEFINED -> NpmPayload.UNDEFINED;
        });
  }

  @Override
  public Received next() {
    return received(peer.awaitMessage());
  }

  @Override
  public List<Received> rest() {
    return peer.messages().stream().map(NpmTalker::received).toList();
  }

  private static Received received(NpmMessage message) {
    return new Received(message.from(), payload(message.payload()));
  }

  private static Payload payload(NpmPayload payload) {
    if (payload.equals(NpmPayload.UNDEFINED)) {
      return Payload.undefined();
    }
    return payload.base64() == null
        ? Payload.json(Objects.requireNonNull(payload.json()))
        : Payload.bytes(payload.bytes());
  }

  @Override
  public void close() {}
}
