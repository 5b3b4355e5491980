package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.peerrelay.daemon.gateway.Gateway;
import org.peerrelay.daemon.http.Answer;
import org.peerrelay.daemon.http.Exchange;
import org.peerrelay.daemon.http.Request;
import org.peerrelay.daemon.http.Route;
import org.peerrelay.id.PeerId;

/**
 * What the daemon says of itself at {@code /}: a page for people, JSON for programs that prefer it.
 *
 * @param id the relay's id
 * @param version of the program
 */
record Home(PeerId id, String version) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String PAGE = "home.html";

  /** The page brings its own style, and nothing else is to be loaded. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  Route route() {
    return Route.get("/", this::serve);
  }

  private void serve(Request request, Exchange exchange) {
    boolean json = request.quality("application/json") > request.quality("text/html");
    exchange.answer(json ? Answer.text("application/json", json()) : page());
  }

  private Answer page() {
    try (InputStream in = Home.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new IOException(PAGE + ": not found");
      }
      String page =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("{id}", id.hex())
              .replace("{version}", version);
      return new Answer(
          200,
          Map.of("Content-Security-Policy", POLICY),
          "text/html; charset=utf-8",
          page.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("name", "Peer Relay");
      json.writeStringField("version", version);
      json.writeStringField("id", id.hex());
      json.writeStringField("webSocket", "/");
      json.writeStringField("channels", DaemonRoutes.CHANNELS);
      json.writeStringField("sessions", Gateway.SESSIONS);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
