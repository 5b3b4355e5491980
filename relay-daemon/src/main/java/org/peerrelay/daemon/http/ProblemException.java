package org.peerrelay.daemon.http;

import java.util.Map;

/** A request that cannot be served. It is the client's matter, and so has no stack trace. */
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  /** For a refusal as {@code problem} tells it. */
  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  /** For a refusal with header fields that tell more. */
  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.reason() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  /** What to tell the client. */
  public Problem problem() {
    return problem;
  }

  Answer answer() {
    return Answer.of(problem, headers);
  }
}
