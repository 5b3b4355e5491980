package org.peerrelay.daemon;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peerrelay.PresenceBuilder;
import org.peerrelay.Swarm;
import org.peerrelay.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Talks with the members of a swarm. */
@Command(
    name = "chat",
    customSynopsis = "relay chat [OPTIONS] URL... SWARM TOPIC",
    description = {
      "Joins a swarm and talks about TOPIC with all its members: each line goes to all who have the"
          + " topic, and theirs are printed, beside who comes and goes. On a terminal Ctrl-D ends"
          + " it; from a pipe it goes on printing when the lines have ended."
    })
final class ChatCommand implements Callable<Integer> {
  /** It stands in each line for programs. */
  private static final int MAX_TOPIC_BYTES = 256;

  /** Where lines to send come from, until there are no more. */
  @FunctionalInterface
  private interface Input {
    void read(Consumer<String> onLine);
  }

  private final Console console;

  @Parameters(
      paramLabel = "URL... SWARM TOPIC",
      hideParamSyntax = true,
      arity = "0..*",
      description = {Url.RELAYS_ARE, SwarmWords.KEY_IS, "TOPIC: what to talk about, any text."})
  private List<String> words = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      converter = NameConverter.class,
      description = "How the others are to call this member; a number stands beside it.")
  private @Nullable String name;

  @Mixin private final SwarmOptions options = new SwarmOptions();

  ChatCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, IOException, InterruptedException {
    SwarmWords what = options.parse(words, "TOPIC");
    checkTopic(what.more().get(0));
    try (StopSignal stop = new StopSignal()) {
      if (options.json() || !console.isInteractive()) {
        return chat(what, console, this::readLines, stop);
      }
      try (ChatTerminal terminal = ChatTerminal.ofProcess()) {
        Input keyboard =
            onLine -> {
              terminal.read(onLine);
              stop.request();
            };
        return chat(what, terminal.above(console), keyboard, stop);
      }
    }
  }

  private static void checkTopic(String topic) throws CommandFailedException {
    int bytes = topic.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_TOPIC_BYTES) {
      throw new CommandFailedException(
          ExitStatus.USAGE,
          "TOPIC: %d bytes (expected: 1 to %d)".formatted(bytes, MAX_TOPIC_BYTES));
    }
  }

  private int chat(SwarmWords what, Console shown, Input input, StopSignal stop)
      throws CommandFailedException, IOException, InterruptedException {
    SwarmResults results = options.begin(shown, stop::request);
    try (SwarmSession session = SwarmSession.open(what, options, shown, stop)) {
      Swarm swarm = session.swarm();
      String about = what.more().get(0);
      PresenceBuilder<String> presence =
          swarm.presence().onPeerData((data, id) -> results.name(swarm.numberOf(id), id, data));
      if (name != null) {
        presence.data("{\"name\":\"" + quoted(name) + "\"}");
      }
      session.run(
          () -> {
            results.ready(session.id());
            session.watch(results);
            presence.start();
            Topic topic = swarm.topic(about, (peer, data) -> results.message(about, peer, data));
            Thread reader =
                new Thread(() -> input.read(line -> send(topic, line, shown)), "relay-input");
            reader.setDaemon(true);
            reader.start();
          });
    }
    return results.finish().code();
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static void send(Topic topic, String line, Console shown) {
    if (line.isBlank()) {
      return;
    }
    try {
      topic.broadcast(line.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      shown.note("not sent: " + e.getMessage());
    }
  }

  /** When the input ends, the member still listens. */
  private void readLines(Consumer<String> onLine) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        onLine.accept(line);
      }
    } catch (IOException e) {
      console.note("standard input: " + e.getMessage() + " (expected: lines of text)");
    }
  }

  /** A name that others are shown as it is. */
  static final class NameConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      String problem = Characters.problem(text).orElse(null);
      if (problem != null) {
        throw new TypeConversionException(problem);
      }
      int length = text.codePointCount(0, text.length());
      if (text.isBlank() || length > PeerNames.MAX_CHARACTERS || !OneLine.of(text).equals(text)) {
        throw new TypeConversionException(
            "'%s' (expected: 1 to %d characters, none of them a control character)"
                .formatted(text, PeerNames.MAX_CHARACTERS));
      }
      return text;
    }
  }
}
