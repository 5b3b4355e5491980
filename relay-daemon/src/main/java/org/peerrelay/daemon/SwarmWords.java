package org.peerrelay.daemon;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.transport.WebSocketUrl;

/**
 * The words of a command about a swarm that are no options: URLs, then the swarm's key, then
 * perhaps more. Which is which is told by their places, since a key may look like a URL: those of
 * drives do.
 *
 * @param urls relays, at least one
 * @param key what the members share; null as long as it is in a file
 * @param more the words behind it
 */
record SwarmWords(List<String> urls, @Nullable SwarmKey key, List<String> more) {
  /** What the word that is the key is called. */
  static final String KEY = "SWARM";

  /** And what commands say of it. */
  static final String KEY_IS = KEY + ": the key that the members share, any text.";

  /**
   * Reads the words.
   *
   * @param names what those behind the URLs are called, in their order; perhaps {@link #KEY} first
   */
  static SwarmWords parse(List<String> words, List<String> names) throws CommandFailedException {
    if (words.isEmpty()) {
      throw wrong("URL: none (expected: ws://HOST:PORT or wss://HOST:PORT)");
    }
    int urls = words.size() - names.size();
    Url.check(words.subList(0, Math.max(urls, 1)));
    if (urls < 1) {
      throw wrong(names.get(words.size() - 1) + ": none (expected: after the URL)");
    }
    List<String> rest = words.subList(urls, words.size());
    for (int i = 0; i < rest.size(); i++) {
      check(names.get(i), rest.get(i));
    }
    boolean keyed = names.contains(KEY);
    return new SwarmWords(
        List.copyOf(words.subList(0, urls)),
        keyed ? key(rest.get(0)) : null,
        List.copyOf(keyed ? rest.subList(1, rest.size()) : rest));
  }

  private static void check(String name, String word) throws CommandFailedException {
    Optional<String> problem = Characters.problem(word);
    if (problem.isPresent()) {
      throw wrong(name + ": " + problem.get());
    }
    if (isUrl(word)) {
      throw wrong(
          "%s: '%s' (expected: something else after the URLs of relays)"
              .formatted(name, WebSocketUrl.withoutToken(word)));
    }
  }

  /** The last URL is taken for a key by whoever forgets the key. */
  private static boolean isUrl(String word) {
    return word.startsWith("ws://") || word.startsWith("wss://");
  }

  private static SwarmKey key(String word) throws CommandFailedException {
    try {
      return SwarmKey.of(word);
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(ExitStatus.USAGE, KEY + ": " + e.getMessage(), e);
    }
  }

  /** The same with the key that a file has. */
  SwarmWords withKey(SwarmKey fromFile) {
    return new SwarmWords(urls, fromFile, more);
  }

  private static CommandFailedException wrong(String message) {
    return new CommandFailedException(ExitStatus.USAGE, message);
  }
}
