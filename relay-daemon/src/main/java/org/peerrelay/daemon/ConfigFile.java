package org.peerrelay.daemon;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A file of settings, in the format of Java's properties: {@code port=443} stands for {@code --port
 * 443}. Immutable.
 */
final class ConfigFile {
  private record Entry(String value, int line) {}

  private final Path file;
  private final Map<String, Entry> entries;

  private ConfigFile(Path file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /** Reads {@code file}, UTF-8; whether there are such keys is not looked at. */
  static ConfigFile read(Path file) throws CommandFailedException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int next = 0; next < lines.size(); ) {
        int first = next;
        StringBuilder whole = new StringBuilder(lines.get(next++));
        while (isContinued(whole) && next < lines.size()) {
          whole.append('\n').append(lines.get(next++));
        }
        add(file, entries, whole.toString(), first + 1);
      }
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "--config: cannot read %s (%s)".formatted(file, reason(e)), e);
    }
    return new ConfigFile(file, entries);
  }

  private static boolean isContinued(StringBuilder line) {
    boolean comment = line.toString().strip().matches("(?s)[#!].*");
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') {
      end--;
    }
    return !comment && (line.length() - end) % 2 == 1;
  }

  private static void add(Path file, Map<String, Entry> entries, String text, int line)
      throws IOException, CommandFailedException {
    Properties one = new Properties();
    try {
      one.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw wrong(file, line, "\\u without a number (expected: four hexadecimal digits after it)");
    }
    for (String key : one.stringPropertyNames()) {
      if (entries.put(key, new Entry(one.getProperty(key).strip(), line)) != null) {
        throw wrong(file, line, "'" + key + "' stands here again (expected: each key once)");
      }
    }
  }

  /** Why a file cannot be read, as the system puts it. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    return e instanceof CharacterCodingException ? "not UTF-8" : String.valueOf(e.getMessage());
  }

  /** Checks that each key is an option of {@code command}, and each value one of that option's. */
  void check(CommandSpec command) throws CommandFailedException {
    Map<String, OptionSpec> options = options(command);
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      String key = entry.getKey();
      int line = entry.getValue().line;
      OptionSpec option = options.get(key);
      if (option == null) {
        Optional<String> nearest = NearestWord.of(key, options.keySet());
        String suggestion = nearest.map(word -> "; did you mean " + word + "?").orElse("");
        throw wrong(file, line, "unknown key: '" + key + "'" + suggestion);
      }
      String value = value(key);
      if (value != null) {
        try {
          EnvironmentDefaults.convert(option, value);
        } catch (Exception e) {
          throw wrong(file, line, key + ": " + e.getMessage());
        }
      }
    }
  }

  /** The options of {@code command} that can be in a file, by their keys, in the order of help. */
  static Map<String, OptionSpec> options(CommandSpec command) {
    Map<String, OptionSpec> options = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      boolean noSetting = option.usageHelp() || option.versionHelp();
      if (!noSetting && !option.longestName().equals(ConfigOption.NAME)) {
        options.put(key(option), option);
      }
    }
    return options;
  }

  /** The key that stands for an option. */
  static String key(OptionSpec option) {
    return option.longestName().substring("--".length());
  }

  private static CommandFailedException wrong(Path file, int line, String what) {
    return new CommandFailedException(ExitStatus.USAGE, file + ":" + line + ": " + what);
  }

  /** The file itself. */
  Path file() {
    return file;
  }

  /** The value of a key; null if it has none, or an empty one. */
  @Nullable String value(String key) {
    Entry entry = entries.get(key);
    return entry == null || entry.value.isEmpty() ? null : entry.value;
  }

  /** Where a key stands, as {@code FILE:LINE}. */
  String place(String key) {
    Entry entry = entries.get(key);
    return entry == null ? file.toString() : file + ":" + entry.line;
  }
}
