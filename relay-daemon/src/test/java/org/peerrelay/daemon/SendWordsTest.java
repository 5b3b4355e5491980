package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SendWordsTest {
  @Test
  void urlsAreShownWithoutTokens() throws CommandFailedException {
    SendWords words =
        SendWords.parse(List.of("ws://a:1/?token=secret", "wss://b/?c=d", "ab".repeat(20), "text"));
    assertEquals("ws://a:1/, wss://b/?c=d", words.printableUrls());
    assertEquals("ws://a:1/?token=secret", words.urls().get(0));
  }
}
