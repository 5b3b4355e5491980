package org.peerrelay.daemon.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.peerrelay.access.Access;
import org.peerrelay.access.AccessVerdict;
import org.peerrelay.access.Newcomer;

/**
 * Keeps those from routes who may not link with the relay. Of them no id is known, so only their
 * address can be listed.
 *
 * @param access who may link
 */
public record AccessGuard(Access access) {
  /** A route by which clients come in: they show the token, and the service is asked about them. */
  public Route entrance(Route route) {
    return guarded(
        route,
        who -> {
          AccessVerdict atDoor = access.atDoor(who);
          return atDoor == AccessVerdict.YES
              ? access.admit(who)
              : CompletableFuture.completedFuture(atDoor);
        });
  }

  /** A route that asks for something that clients only have if they have come in. */
  public Route inner(Route route) {
    return guarded(
        route,
        who ->
            CompletableFuture.completedFuture(
                access.isListed(who) ? AccessVerdict.YES : AccessVerdict.NO));
  }

  private Route guarded(Route route, Function<Newcomer, CompletableFuture<AccessVerdict>> judge) {
    return new Route(
        route.method(),
        route.template(),
        route.maxBodyBytes(),
        (request, exchange) -> {
          Newcomer who = Newcomer.unnamed(request.address(), request.accessToken());
          CompletableFuture<AccessVerdict> verdict = judge.apply(who);
          if (verdict.isDone()) {
            decided(verdict.join(), who, route).serve(request, exchange);
          } else {
            verdict.thenAccept(said -> exchange.serveLater(decided(said, who, route), request));
          }
        });
  }

  private Endpoint decided(AccessVerdict verdict, Newcomer who, Route route) {
    return verdict == AccessVerdict.YES
        ? (request, exchange) -> {
          route.endpoint().serve(request, exchange);
          // Who looked for streams when the lists had changed may not have seen this one.
          if (!access.isListed(who)) {
            exchange.end();
          }
        }
        : (request, exchange) -> {
          throw refusal(verdict, access.isListed(who));
        };
  }

  /** Why not; whom the lists let in the service has refused. */
  private static ProblemException refusal(AccessVerdict verdict, boolean listed) {
    return switch (verdict) {
      case NO_TOKEN ->
          new ProblemException(
              new Problem(
                  401,
                  "no-access-token",
                  "token: none, or another one (expected: Authorization: Bearer and the relay's"
                      + " token, or ?token=)"),
              Map.of("WWW-Authenticate", "Bearer realm=\"relay\""));
      case UNANSWERED ->
          new ProblemException(
              new Problem(
                  503, "access-unanswered", "access: unknown for now (expected: in a moment)"),
              Map.of("Retry-After", "1"));
      default ->
          new ProblemException(
              new Problem(
                  403,
                  "not-allowed",
                  listed
                      ? "access: refused by the service that this relay asks"
                      : "address: not one that may use this relay"));
    };
  }
}
