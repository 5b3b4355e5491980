package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.node.Tries;

/**
 * One message, and the tries that its author makes, each a journey of its own, until the target has
 * said that it has it. Owned by the simulation.
 */
final class Sending {
  final Host from;
  final Host to;
  private final Network network;
  private final List<Journey> journeys = new ArrayList<>();

  /** What the author knows it by; -1 if no answer is asked for. */
  private long nonce = -1;

  private @Nullable Tries tries;
  private boolean answered;

  Sending(Network network, Host from, Host to) {
    this.network = network;
    this.from = from;
    this.to = to;
  }

  /** Sends it once, and asks for no answer. */
  void once(Payload payload) {
    from.send(journey(), payload);
  }

  /** Sends it up to {@code count} times within {@code timeoutNs}, as {@link Tries} has it. */
  void often(Payload payload, int count, long timeoutNs) {
    nonce = from.node().nonce();
    network.awaiting().put(nonce, this);
    Message message = new Message.User(payload);
    Tries made =
        new Tries(
            count,
            timeoutNs,
            network::after,
            () -> answered || !from.isRunning(),
            attempt -> from.probe(journey(), message, nonce, attempt));
    tries = made;
    made.begin();
  }

  private Journey journey() {
    Journey journey = new Journey(from, to, network.nowNs());
    journeys.add(journey);
    return journey;
  }

  void onAnswered() {
    answered = true;
  }

  /** A relay says that a try went no further. */
  void onRefused() {
    if (tries != null) {
      tries.onRefused();
    }
  }

  /** Nobody waits for its answer any more. */
  void end() {
    network.awaiting().remove(nonce);
  }

  /** How many tries were made until the author knew that it had arrived, or gave up. */
  int tries() {
    return journeys.size();
  }

  int arrivals() {
    return journeys.stream().mapToInt(journey -> journey.arrivals).sum();
  }

  /** Which of the tries arrived first, from 1 on; 0 if none has. */
  int arrivedAt() {
    int first = 0;
    for (int i = 0; i < journeys.size(); i++) {
      Journey journey = journeys.get(i);
      if (journey.arrivals > 0
          && (first == 0 || journey.arrivedNs < journeys.get(first - 1).arrivedNs)) {
        first = i + 1;
      }
    }
    return first;
  }

  /** The try that arrived, or else the last. */
  Journey decisive() {
    int arrivedAt = arrivedAt();
    return journeys.get(arrivedAt > 0 ? arrivedAt - 1 : journeys.size() - 1);
  }

  long sentNs() {
    return journeys.get(0).sentNs;
  }
}
