package org.peerrelay.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A service that is asked who may come, on a free port; it answers as it is told to. */
public final class AccessService implements AutoCloseable {
  /** How one question is answered. */
  @FunctionalInterface
  public interface Behaviour {
    /** Answers, or does not. */
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();

  /** One that behaves so. */
  public AccessService(Behaviour behaviour) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/may",
        exchange -> {
          questions.add(
              exchange.getRequestMethod()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          behaviour.answer(exchange);
        });
    server.start();
  }

  /** One that always answers with {@code status}. */
  public static AccessService saying(int status) {
    try {
      return new AccessService(exchange -> exchange.sendResponseHeaders(status, -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it may be asked at. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/may?key=secret";
  }

  /** The callout to it. */
  public AccessCallout callout() {
    return AccessCallout.at(url());
  }

  /** The next question: its method and body. */
  public String question() throws InterruptedException {
    String question = questions.poll(20, TimeUnit.SECONDS);
    if (question == null) {
      throw new AssertionError("nobody has asked");
    }
    return question;
  }

  /** How many questions have come that nobody has taken. */
  public int waiting() {
    return questions.size();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
