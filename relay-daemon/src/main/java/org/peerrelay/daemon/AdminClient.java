package org.peerrelay.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.peerrelay.daemon.admin.Json;

/** Asks an admin listener for what {@code relay status} shows. */
final class AdminClient {
  private static final int TIMEOUT_MS = (int) TimeUnit.SECONDS.toMillis(5);

  /** Many times what a relay says; who says more is none. */
  private static final int MAX_BYTES = 1_024 * 1_024;

  private final String base;
  private final URL url;

  /** For the listener at {@code base}. */
  AdminClient(String base) throws CommandFailedException {
    this.base = base;
    try {
      URI uri = URI.create(base);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if (!http || uri.getHost() == null || uri.getPort() > 65_535) {
        throw new IllegalArgumentException(base);
      }
      this.url = uri.resolve("/status").toURL();
    } catch (IllegalArgumentException | IOException e) {
      throw new CommandFailedException(
          ExitStatus.USAGE, "ADMIN-URL: '" + base + "' (expected: http://HOST:PORT)", e);
    }
  }

  /** What the listener says now. */
  StatusReport fetch() throws CommandFailedException {
    try {
      byte[] body = body();
      return new StatusReport(body, Json.readObject(body));
    } catch (ConnectException | SocketTimeoutException | UnknownHostException e) {
      throw new CommandFailedException(
          ExitStatus.NO_LINK,
          "no answer from " + base + " (expected: a relay that runs with --admin-port)",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          base
              + ": no admin listener of a relay (expected: the URL that relay serve"
              + " --admin-port tells)",
          e);
    }
  }

  private byte[] body() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    connection.setInstanceFollowRedirects(false);
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      connection.disconnect();
      throw new IOException("status " + connection.getResponseCode());
    }
    try (InputStream in = connection.getInputStream()) {
      byte[] body = in.readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        connection.disconnect();
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      return body;
    }
  }
}
