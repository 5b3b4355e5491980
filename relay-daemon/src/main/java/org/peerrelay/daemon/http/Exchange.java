package org.peerrelay.daemon.http;

/** The way to answer one request. */
public interface Exchange {
  /** Answers; any thread. */
  void answer(Answer answer);

  /** Answers with a refusal that shows late, and counts it; any thread. */
  void refuse(ProblemException refusal);

  /**
   * Has the request served on the connection's event loop, unless its client is gone by then; any
   * thread.
   */
  void serveLater(Endpoint endpoint, Request request);

  /** Ends the connection, behind what is being answered; an open stream, behind its events. */
  void end();

  /**
   * An event stream to answer with, which is not open yet.
   *
   * @param maxPendingBytes how much may wait for a client that reads slowly
   * @param onClosed is run once when the connection is closed, on its event loop; never, if the
   *     stream was not opened
   */
  EventStream stream(int maxPendingBytes, Runnable onClosed);
}
