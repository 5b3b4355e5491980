package org.peerrelay.daemon.interop;

import java.io.IOException;
import java.util.function.Function;

/**
 * Something that a hostile client does to a daemon.
 *
 * @param name what it is, for whoever reads that it did harm
 * @param from what the client has become before
 * @param then what the daemon makes of it
 */
record HostileDeed(String name, Stage from, Result then, Deed deed) {
  private static final int LONGEST_SHOWN = 80;

  /**
   * Who sends to whom, and where peers are that could be dialed. Ids are 40 hex digits.
   *
   * @param from the client
   * @param npmUrl where an npm peer listens, which may be the target
   */
  record Route(String from, String to, String daemonId, String daemonUrl, String npmUrl) {
    Route as(String author) {
      return new Route(author, to, daemonId, daemonUrl, npmUrl);
    }
  }

  /** What is written; called once for each target. */
  interface Deed {
    void send(FrameSocket socket, Route route) throws IOException;
  }

  /** How far a connection has come. */
  enum Stage {
    CONNECTED,
    WEB_SOCKET,
    LINKED
  }

  /** What becomes of a connection. */
  enum Result {
    /** It stays, and the client's datagrams arrive. */
    LIVES,
    /** The daemon answers in HTTP, or not at all, and ends it. */
    REFUSED,
    /** The daemon ends it. */
    ENDS,
    /** The client ends it without a word. */
    CUT_OFF
  }

  /** A text message that is JSON: it is dropped or does no harm, and the link stays. */
  static HostileDeed json(String name, Function<Route, Object> text) {
    return new HostileDeed(
        name,
        Stage.LINKED,
        Result.LIVES,
        (socket, route) -> socket.text(text.apply(route).toString()));
  }

  /** A text message that is no JSON, for which the link is ended. */
  static HostileDeed noJson(String name, Function<Route, Object> text) {
    return new HostileDeed(
        name,
        Stage.LINKED,
        Result.ENDS,
        (socket, route) -> socket.text(text.apply(route).toString()));
  }

  /** A first text message for which the connection is ended. */
  static HostileDeed hello(String name, Function<Route, Object> text) {
    return new HostileDeed(
        "first: " + name,
        Stage.WEB_SOCKET,
        Result.ENDS,
        (socket, route) -> socket.text(text.apply(route).toString()));
  }

  /** What is no WebSocket frame or none that a link allows. */
  static HostileDeed frame(String name, Deed deed) {
    return new HostileDeed("frame: " + name, Stage.LINKED, Result.ENDS, deed);
  }

  /** Its name, and no more than the beginning of one that quotes long frames. */
  @Override
  public String toString() {
    return name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
  }
}
