package org.peerrelay.daemon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.PrintableUrl;
import org.peerrelay.id.PeerId;
import org.peerrelay.transport.WebSocketUrl;

/**
 * The words of a command that are no options: URLs, then an id, then perhaps a text to send.
 *
 * @param urls relays, at least one
 * @param to the receiver
 * @param text what to send; null if an option says that
 */
record SendWords(List<String> urls, PeerId to, @Nullable String text) {
  /** A text that begins like a URL can follow the id: then all URLs have passed. */
  static SendWords parse(List<String> words) throws CommandFailedException {
    Deque<String> rest = new ArrayDeque<>(words);
    List<String> urls = new ArrayList<>();
    while (!rest.isEmpty() && rest.element().contains("://")) {
      urls.add(rest.remove());
    }
    Url.check(urls);
    if (urls.isEmpty()) {
      String found = rest.isEmpty() ? "none" : "'" + PrintableUrl.of(rest.element()) + "'";
      throw wrong("URL: " + found + " (expected: ws://HOST:PORT or wss://HOST:PORT)");
    }
    if (rest.isEmpty()) {
      throw wrong("ID: none (expected: 40 hexadecimal digits after the URL)");
    }
    PeerId to = id(rest.remove());
    String text = rest.poll();
    if (!rest.isEmpty()) {
      throw wrong("TEXT: %d words (expected: one); put it in quotes".formatted(1 + rest.size()));
    }
    Optional<String> problem = Optional.ofNullable(text).flatMap(Characters::problem);
    if (problem.isPresent()) {
      throw wrong("TEXT: " + problem.get());
    }
    return new SendWords(urls, to, text);
  }

  /** For commands that send no text. */
  static SendWords parseWithoutText(List<String> words) throws CommandFailedException {
    SendWords parsed = parse(words);
    if (parsed.text() != null) {
      throw wrong("unexpected word: '" + parsed.text() + "'");
    }
    return parsed;
  }

  /** The URLs as they may be shown. */
  String printableUrls() {
    return urls.stream().map(WebSocketUrl::withoutToken).collect(Collectors.joining(", "));
  }

  private static PeerId id(String word) throws CommandFailedException {
    return PeerId.parse(word)
        .orElseThrow(() -> wrong("ID: '" + word + "' (expected: 40 hexadecimal digits)"));
  }

  private static CommandFailedException wrong(String message) {
    return new CommandFailedException(ExitStatus.USAGE, message);
  }
}
