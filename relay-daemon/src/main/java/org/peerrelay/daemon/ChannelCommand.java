package org.peerrelay.daemon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.peerrelay.channel.SignalChannel;
import org.peerrelay.channel.SignalListener;
import org.peerrelay.channel.SignalRefusedException;
import org.peerrelay.transport.ClientTls;
import org.peerrelay.transport.TlsFailure;
import org.peerrelay.transport.WebSocketUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes or joins a channel, and is a pipe to and from it. */
@Command(
    name = "channel",
    description = {
      "Makes a signalling channel, or joins the channel ID, and stays in it until that ends.",
      "Each line of standard input is JSON to send to all members, this one included; a member"
          + " \"_cid\" of an object names the only one to get it. Events are written as rows"
          + " [EVENT, DATA], the first with the channel's id, the member's own id, and its secret"
          + " token."
    })
final class ChannelCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "The channels of a relay, as http://HOST:PORT/channels.")
  private String url = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "The channel to join; without it a new one is made.")
  private @Nullable String id;

  @Mixin private final TrustOption trust = new TrustOption();

  ChannelCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, InterruptedException {
    try (StopSignal stop = new StopSignal()) {
      LineWriter lines = new LineWriter(console, stop::request);
      Rows rows = new Rows(lines, stop);
      try (SignalChannel channel = open().start(rows)) {
        Thread reader = new Thread(() -> sendLines(channel), "relay-input");
        reader.setDaemon(true);
        reader.start();
        stop.await();
      }
      rows.check(WebSocketUrl.withoutToken(url));
      return (lines.finish() ? ExitStatus.OK : ExitStatus.FAILED).code();
    }
  }

  private SignalChannel open() throws CommandFailedException {
    ClientTls believed = trust.given();
    try {
      SignalChannel channel = id == null ? SignalChannel.create(url) : SignalChannel.join(url, id);
      return believed == null ? channel : channel.tls(believed.javaContext());
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(ExitStatus.USAGE, e.getMessage(), e);
    }
  }

  /** When the input ends, the member still listens. */
  private void sendLines(SignalChannel channel) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          send(channel, line);
        }
      }
    } catch (IOException e) {
      console.note("standard input: " + e.getMessage() + " (expected: lines of JSON)");
    }
  }

  /** Waits for the server, so that a fast writer is slowed down and not refused. */
  private void send(SignalChannel channel, String line) {
    try {
      SignalLine parsed = SignalLine.parse(line);
      String cid = parsed.cid();
      (cid == null ? channel.send(parsed.json()) : channel.send(cid, parsed.json())).join();
    } catch (IOException | IllegalArgumentException e) {
      console.note("line: no JSON (expected: one value a line): " + line);
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      console.note("not sent: " + (cause == null ? e : cause).getMessage());
    }
  }

  /** Writes what happens. */
  private static final class Rows implements SignalListener {
    private final LineWriter lines;
    private final StopSignal stop;
    private volatile String channel = "";
    private volatile @Nullable Throwable failure;

    Rows(LineWriter lines, StopSignal stop) {
      this.lines = lines;
      this.stop = stop;
    }

    @Override
    public void onConnect(String id, String cid, String token) {
      channel = id;
      lines.write(SignalLine.row("connect", "id", id, "cid", cid, "token", token));
    }

    @Override
    public void onSignal(String json) {
      lines.write("[\"signal\"," + OneLine.ofJson(json) + "]");
    }

    @Override
    public void onJoin(String cid) {
      lines.write(SignalLine.row("join", "id", channel, "cid", cid));
    }

    @Override
    public void onLeave(String cid) {
      lines.write(SignalLine.row("leave", "id", channel, "cid", cid));
    }

    @Override
    public void onClose(@Nullable Throwable why) {
      failure = why;
      stop.request();
    }

    private static String host(String url) {
      return String.valueOf(URI.create(url).getHost());
    }

    /** Tells why it ended, if that was no ordinary end. */
    void check(String url) throws CommandFailedException {
      Throwable why = failure;
      if (why instanceof SignalRefusedException refused) {
        throw new CommandFailedException(
            ExitStatus.FAILED, url + ": " + refused.getMessage(), refused);
      }
      if (why instanceof SSLException) {
        String words = TlsFailure.words(why, host(url));
        if (words != null) {
          throw new CommandFailedException(ExitStatus.NO_LINK, url + ": " + words, why);
        }
      }
      if (why instanceof ConnectException || (why != null && channel.isEmpty())) {
        throw new CommandFailedException(
            ExitStatus.NO_LINK, "no link: " + url + " did not answer (expected: a relay)", why);
      }
      if (why != null) {
        throw new CommandFailedException(ExitStatus.FAILED, url + ": " + why.getMessage(), why);
      }
    }
  }
}
