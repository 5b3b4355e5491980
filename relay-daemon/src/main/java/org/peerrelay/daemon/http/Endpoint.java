package org.peerrelay.daemon.http;

/** Serves the requests of one route, on the event loop of the connection, without blocking it. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers {@code request} through {@code exchange}, now or later, but once.
   *
   * @throws ProblemException if it cannot be served; nothing has been answered then
   */
  void serve(Request request, Exchange exchange) throws ProblemException;
}
