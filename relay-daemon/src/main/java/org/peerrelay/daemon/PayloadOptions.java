package org.peerrelay.daemon;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.legacy.LegacyLimits;
import org.peerrelay.wire.legacy.LegacyWriter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that say what to send. */
final class PayloadOptions {
  private static final int MAX_BYTES = LegacyLimits.DEFAULT.maxPayloadBytes();
  private static final String JSON_OPTION = "--data-json";
  private static final String FILE_OPTION = "--file";
  private static final String STANDARD_INPUT = "-";

  @Option(
      names = JSON_OPTION,
      paramLabel = "JSON",
      converter = JsonConverter.class,
      description = "Sends a JSON value.")
  private @Nullable Payload json;

  @Option(
      names = FILE_OPTION,
      paramLabel = "FILE",
      description = "Sends the bytes of a file, or of standard input if FILE is -.")
  private @Nullable String file;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /**
   * The payload that was asked for, read and found small enough.
   *
   * <p>What the environment says counts only where the command line says nothing.
   *
   * @param text what to send as a JSON string; null if there is none
   */
  Payload read(@Nullable String text, Console console) throws CommandFailedException {
    boolean fromEnvironment = text == null && !given(JSON_OPTION) && !given(FILE_OPTION);
    Payload value = fromEnvironment || given(JSON_OPTION) ? json : null;
    String source = fromEnvironment || given(FILE_OPTION) ? file : null;
    long choices = Stream.of(text, value, source).filter(Objects::nonNull).count();
    if (choices != 1) {
      throw new CommandFailedException(
          ExitStatus.USAGE,
          "payload: %s (expected: exactly one of TEXT, --data-json and --file)"
              .formatted(choices == 0 ? "none" : "more than one"));
    }
    Payload payload = text == null ? value : string(text);
    if (source != null) {
      String option = fromEnvironment ? "RELAY_FILE" : FILE_OPTION;
      payload = readFile(source, option, console);
    }
    return sizeChecked(Objects.requireNonNull(payload));
  }

  private boolean given(String option) {
    return Objects.requireNonNull(command).commandLine().getParseResult().hasMatchedOption(option);
  }

  private static Payload string(String text) {
    return Payload.json(
        '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"');
  }

  private static Payload readFile(String file, String option, Console console)
      throws CommandFailedException {
    boolean fromConsole = file.equals(STANDARD_INPUT);
    // Buffered, since a bare file stream seeks, which a pipe does not.
    try (InputStream in =
        fromConsole ? console.in() : new BufferedInputStream(new FileInputStream(file))) {
      return Payload.bytes(in.readNBytes(MAX_BYTES + 1));
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "%s: cannot read %s".formatted(option, e.getMessage()), e);
    }
  }

  private static Payload sizeChecked(Payload payload) throws CommandFailedException {
    int bytes = payload.sizeBytes();
    if (bytes <= MAX_BYTES) {
      return payload;
    }
    // Of a file no more is read.
    String size = payload.kind() == Payload.Kind.BYTES ? "over " + MAX_BYTES : "" + bytes;
    throw new CommandFailedException(
        ExitStatus.TOO_LARGE,
        "payload: %s bytes (expected: at most %d); send it in parts".formatted(size, MAX_BYTES));
  }

  /** Checks JSON as the library does before it sends. */
  static final class JsonConverter implements ITypeConverter<Payload> {
    @Override
    public Payload convert(String text) {
      Optional<String> problem = Characters.problem(text);
      if (problem.isPresent()) {
        throw new TypeConversionException(problem.get());
      }
      Payload payload = Payload.json(text);
      try {
        LegacyWriter.checkPayload(payload);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
      }
      return payload;
    }
  }
}
