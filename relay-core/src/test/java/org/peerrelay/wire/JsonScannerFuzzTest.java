package org.peerrelay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to a document, the scanner and Jackson's parser in its strict form agree on
 * whether it is JSON.
 *
 * <p>Where they may differ, the comparison takes care: Jackson goes on to a second document after
 * the first, so more than one is a refusal here; it guesses UTF-16 and UTF-32 and passes a byte
 * order mark when given bytes, so it is given characters; it minds that text is UTF-8, which the
 * scanner leaves to the WebSocket layer, so other bytes are not compared; it refuses escaped halves
 * of surrogate pairs in names (not in values), which RFC 8259 and JavaScript do not, so it is given
 * other escapes for them; and of its own limits the depth is set to the scanner's, while the others
 * are out of reach of these documents.
 */
class JsonScannerFuzzTest {
  private static final int EXECUTIONS = 200_000;

  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(JsonScanner.MAX_DEPTH).build())
          .build();

  private static final Pattern ESCAPED_SURROGATE =
      Pattern.compile("\\\\u[dD][89a-fA-F](?=\\p{XDigit}{2})");

  @Test
  void theScannerAcceptsADamagedDocumentExactlyIfJacksonDoes() {
    FuzzLoop loop = new FuzzLoop("JSON", EXECUTIONS);
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      documents.add(JsonDocuments.draw(loop.random()).getBytes(StandardCharsets.UTF_8));
    }
    loop.run(
            random -> {
              byte[] text = Mutations.of(documents.get(random.nextInt(documents.size())), random);
              boolean accepts = WholeText.isAccepted(text);
              if (!Mutations.isUtf8(text)) {
                return false;
              }
              String characters = new String(text, StandardCharsets.UTF_8);
              assertEquals(
                  jacksonAccepts(characters), accepts, () -> "Jackson differs on " + characters);
              return accepts;
            })
        .assertAccepted(1, 50);
  }

  @Test
  void theScannerAcceptsEveryDocumentAsItWasDrawn() {
    new FuzzLoop("JSON as it was drawn", 1_000)
        .run(
            random -> {
              String text = JsonDocuments.draw(random);
              boolean accepts = WholeText.isAccepted(text.getBytes(StandardCharsets.UTF_8));
              assertEquals(jacksonAccepts(text), accepts, () -> "Jackson differs on " + text);
              return accepts;
            });
  }

  /** Whether Jackson reads exactly one value. */
  private static boolean jacksonAccepts(String text) {
    try (JsonParser parser = JACKSON.createParser(withoutSurrogates(text))) {
      int values = 0;
      int depth = 0;
      while (parser.nextToken() != null) {
        parser.finishToken();
        switch (parser.currentToken()) {
          case START_ARRAY, START_OBJECT -> depth++;
          case END_ARRAY, END_OBJECT -> depth--;
          default -> {}
        }
        values += depth == 0 ? 1 : 0;
      }
      return values == 1;
    } catch (IOException refused) {
      return false;
    }
  }

  private static String withoutSurrogates(String text) {
    return text.contains("\\u") ? ESCAPED_SURROGATE.matcher(text).replaceAll("\\\\u00") : text;
  }
}
