package org.peerrelay.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.peerrelay.message.DropReason;

/**
 * A cursor over JSON text (RFC 8259) that checks what it passes and builds nothing.
 *
 * <p>It needs no recursion, so depth costs no stack. The bytes must be valid UTF-8; the WebSocket
 * layer has seen to that. Not thread-safe; one scanner reads one text.
 */
public final class JsonScanner {
  /**
   * How deeply arrays and objects may nest. A Node relay writes JSON out recursively and dies of a
   * few thousand levels.
   */
  public static final int MAX_DEPTH = 500;

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final byte[] text;
  private final int end;
  private int position;

  /** Which of the open levels are objects, one bit each; the others are arrays. */
  private final long[] objectLevels = new long[MAX_DEPTH / Long.SIZE + 1];

  /** Reads {@code text} from {@code start} up to {@code end}. */
  public JsonScanner(byte[] text, int start, int end) {
    this.text = text;
    this.position = start;
    this.end = end;
  }

  /** The text that is read, to be left as it is. */
  public byte[] text() {
    return text;
  }

  /** Index of the next unread byte. */
  public int position() {
    return position;
  }

  /** Passes white space and tells the next byte without passing it; -1 at the end. */
  public int peek() {
    while (position < end) {
      byte c = text[position];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c & 0xff;
      }
      position++;
    }
    return -1;
  }

  /** Passes white space and {@code token} if it comes next; tells whether it did. */
  public boolean passes(char token) {
    if (peek() != token) {
      return false;
    }
    position++;
    return true;
  }

  /** Passes white space and {@code token}, which must come next. */
  public void expect(char token) throws MalformedFrameException {
    if (!passes(token)) {
      throw unexpected("'" + token + "'");
    }
  }

  /** Checks that nothing but white space is left. */
  public void expectEnd() throws MalformedFrameException {
    if (peek() != -1) {
      throw unexpected("the end of the text");
    }
  }

  /**
   * Reads a string of plain ASCII without escapes, which is all that names, ids and numbers need.
   *
   * @param maxLength the longest that is acceptable
   * @throws UnfitDatagramException if something else comes next: another type, an escape, a longer
   *     string. Two spellings of one name would let a frame mean different things to different
   *     readers.
   */
  public String plainString(int maxLength) throws UnfitDatagramException {
    int start = passPlainString(maxLength);
    return new String(text, start, position - 1 - start, StandardCharsets.US_ASCII);
  }

  /**
   * As {@link #plainString}; returns the index of its first character, and ends behind its quote.
   */
  public int passPlainString(int maxLength) throws UnfitDatagramException {
    if (peek() != '"') {
      throw unfit("a string");
    }
    int start = position + 1;
    int limit = Math.min(end, start + maxLength + 1);
    for (int i = start; i < limit; i++) {
      byte c = text[i];
      if (c == '"') {
        position = i + 1;
        return start;
      }
      if (c < ' ' || c == '\\') {
        throw unfit("a string of plain ASCII");
      }
    }
    throw unfit("a string of at most " + maxLength + " characters");
  }

  /** Reads a whole number from 0 to {@code max} written in plain digits, or tells -1 and stays. */
  public int smallNumber(int max) {
    peek();
    int start = position;
    int value = 0;
    int i = start;
    while (i < end && text[i] >= '0' && text[i] <= '9' && value <= max) {
      value = value * 10 + text[i++] - '0';
    }
    boolean canonical = i > start && (i == start + 1 || text[start] != '0');
    boolean ended = i == end || (text[i] != '.' && text[i] != 'e' && text[i] != 'E');
    if (!canonical || value > max || !ended) {
      return -1;
    }
    position = i;
    return value;
  }

  /**
   * Passes one value of any type, checking all of its text.
   *
   * @throws UnfitDatagramException if it nests deeper than {@link #MAX_DEPTH}
   */
  public void skipValue() throws MalformedFrameException, UnfitDatagramException {
    int depth = 0;
    while (true) {
      int c = peek();
      if (c == '{' || c == '[') {
        position++;
        open(depth, c == '{');
        if (!passes(c == '{' ? '}' : ']')) {
          depth++;
          if (c == '{') {
            skipName();
          }
          continue;
        }
      } else {
        skipScalar(c);
      }
      depth = closeLevels(depth);
      if (depth == 0) {
        return;
      }
      if (isObject(depth - 1)) {
        skipName();
      }
    }
  }

  /** After a value: passes closing brackets, then a comma; returns the depth that is left open. */
  private int closeLevels(int openDepth) throws MalformedFrameException {
    int depth = openDepth;
    while (depth > 0 && !passes(',')) {
      expect(isObject(depth - 1) ? '}' : ']');
      depth--;
    }
    return depth;
  }

  private void open(int depth, boolean object) throws UnfitDatagramException {
    if (depth >= MAX_DEPTH) {
      throw new UnfitDatagramException(
          DropReason.TOO_DEEP, "JSON depth: over " + MAX_DEPTH + " levels (expected: fewer)");
    }
    long bit = 1L << (depth % Long.SIZE);
    int word = depth / Long.SIZE;
    objectLevels[word] = object ? objectLevels[word] | bit : objectLevels[word] & ~bit;
  }

  private boolean isObject(int depth) {
    return (objectLevels[depth / Long.SIZE] & 1L << (depth % Long.SIZE)) != 0;
  }

  private void skipName() throws MalformedFrameException {
    if (peek() != '"') {
      throw unexpected("a member's name");
    }
    skipString();
    expect(':');
  }

  private void skipScalar(int first) throws MalformedFrameException {
    switch (first) {
      case '"' -> skipString();
      case 't' -> skipWord(TRUE);
      case 'f' -> skipWord(FALSE);
      case 'n' -> skipWord(NULL);
      default -> skipNumber();
    }
  }

  private void skipWord(byte[] word) throws MalformedFrameException {
    int after = position + word.length;
    if (after > end || !Arrays.equals(text, position, after, word, 0, word.length)) {
      throw unexpected("a JSON value");
    }
    position = after;
  }

  private void skipString() throws MalformedFrameException {
    position++;
    while (position < end) {
      byte c = text[position++];
      if (c == '"') {
        return;
      }
      if (c == '\\') {
        skipEscape();
      } else if (c >= 0 && c < ' ') {
        position--;
        throw unexpected("no raw control character in a string");
      }
    }
    throw unexpected("the end of a string");
  }

  private void skipEscape() throws MalformedFrameException {
    int c = position < end ? text[position++] : -1;
    if (c == 'u') {
      for (int i = 0; i < 4; i++) {
        if (position >= end || Character.digit(text[position], 16) < 0) {
          throw unexpected("four hexadecimal digits");
        }
        position++;
      }
    } else if ("\"\\/bfnrt".indexOf(c) < 0) {
      throw unexpected("an escape of JSON");
    }
  }

  private void skipNumber() throws MalformedFrameException {
    accept('-');
    if (!accept('0')) {
      skipDigits();
    }
    if (accept('.')) {
      skipDigits();
    }
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      skipDigits();
    }
  }

  private void skipDigits() throws MalformedFrameException {
    int start = position;
    while (position < end && text[position] >= '0' && text[position] <= '9') {
      position++;
    }
    if (position == start) {
      throw unexpected("a JSON value");
    }
  }

  private boolean accept(char c) {
    if (position < end && text[position] == c) {
      position++;
      return true;
    }
    return false;
  }

  private MalformedFrameException unexpected(String expected) {
    return new MalformedFrameException(
        "JSON at byte " + position + ": " + found() + " (expected: " + expected + ")");
  }

  private UnfitDatagramException unfit(String expected) {
    return new UnfitDatagramException(
        DropReason.MALFORMED,
        "datagram at byte " + position + ": " + found() + " (expected: " + expected + ")");
  }

  private String found() {
    return position >= end ? "end of text" : String.format("0x%02x", text[position]);
  }
}
