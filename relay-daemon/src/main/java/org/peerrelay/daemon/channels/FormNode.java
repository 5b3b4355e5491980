package org.peerrelay.daemon.channels;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A value in a form whose names nest by brackets: {@code a[b][c]=1}, {@code a[0]=x}, {@code a[]=x}.
 * It is a text, or it has children. Where all children have numbers for names they are an array in
 * the order of these, without gaps; a name that comes twice makes an array as well.
 */
final class FormNode {
  /** What a form may nest; reading and writing it recurses no deeper. */
  static final int MAX_DEPTH = 32;

  /** How many values a form may have; each costs some objects. */
  static final int MAX_VALUES = 1_000;

  private final Map<String, FormNode> children = new LinkedHashMap<>();
  private @Nullable String text;

  private FormNode() {}

  /**
   * Reads a form in UTF-8.
   *
   * @throws IOException if it is none, contradicts itself, or has too many values or brackets
   */
  static FormNode parse(byte[] form) throws IOException {
    FormNode root = new FormNode();
    String ascii = new String(form, StandardCharsets.UTF_8);
    StringTokenizer pairs = new StringTokenizer(ascii, "&");
    for (int values = 0; pairs.hasMoreTokens(); values++) {
      if (values == MAX_VALUES) {
        throw new IOException("more than " + MAX_VALUES + " values");
      }
      String pair = pairs.nextToken();
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      root.put(path(name), decode(equals < 0 ? "" : pair.substring(equals + 1)));
    }
    return root;
  }

  private static String decode(String encoded) throws IOException {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IOException("bad escape", e);
    }
  }

  /** The parts of a name; brackets that do not match belong to the part that they stand in. */
  private static List<String> path(String name) throws IOException {
    List<String> path = new ArrayList<>();
    int open = name.indexOf('[');
    int end = open <= 0 ? name.length() : open;
    path.add(name.substring(0, end));
    while (end < name.length() && name.charAt(end) == '[') {
      int close = name.indexOf(']', end);
      if (close < 0) {
        throw new IOException("open bracket");
      }
      if (path.size() == MAX_DEPTH) {
        throw new IOException("nests deeper than " + MAX_DEPTH);
      }
      path.add(name.substring(end + 1, close));
      end = close + 1;
    }
    if (end < name.length()) {
      throw new IOException("text after a bracket");
    }
    return path;
  }

  private void put(List<String> path, String value) throws IOException {
    FormNode node = this;
    for (int i = 0; i < path.size(); i++) {
      if (node.text != null) {
        throw new IOException("a value that has children");
      }
      String part = path.get(i);
      String name = i > 0 && part.isEmpty() ? node.nextIndex() : part;
      node = node.children.computeIfAbsent(name, absent -> new FormNode());
    }
    node.add(value);
  }

  private void add(String value) throws IOException {
    if (text == null && children.isEmpty()) {
      text = value;
      return;
    }
    if (text != null) {
      FormNode first = new FormNode();
      first.text = text;
      text = null;
      children.put("0", first);
    }
    if (!children.keySet().stream().allMatch(FormNode::isIndex)) {
      throw new IOException("a value that has children");
    }
    FormNode next = new FormNode();
    next.text = value;
    children.put(nextIndex(), next);
  }

  /** Ends, since names are fewer than {@link #MAX_VALUES}. */
  private String nextIndex() {
    int index = children.size();
    while (children.containsKey(Integer.toString(index))) {
      index++;
    }
    return Integer.toString(index);
  }

  /** What has this name; null if nothing has. */
  @Nullable FormNode child(String name) {
    return children.get(name);
  }

  /** The text of this name; null if there is none. */
  @Nullable String text(String name) {
    FormNode child = children.get(name);
    return child == null ? null : child.text;
  }

  /** Writes the value as JSON: texts, objects and arrays. */
  void write(JsonGenerator json) throws IOException {
    if (text != null) {
      json.writeString(text);
    } else if (children.keySet().stream().allMatch(FormNode::isIndex)) {
      json.writeStartArray();
      List<Map.Entry<String, FormNode>> items = new ArrayList<>(children.entrySet());
      items.sort(Comparator.comparingInt(item -> Integer.parseInt(item.getKey())));
      for (Map.Entry<String, FormNode> item : items) {
        item.getValue().write(json);
      }
      json.writeEndArray();
    } else {
      json.writeStartObject();
      for (Map.Entry<String, FormNode> field : children.entrySet()) {
        json.writeFieldName(field.getKey());
        field.getValue().write(json);
      }
      json.writeEndObject();
    }
  }

  /** Whether it is a number as arrays have it, without zeros in front. */
  private static boolean isIndex(String name) {
    return name.length() <= 9
        && !name.isEmpty()
        && name.chars().allMatch(c -> c >= '0' && c <= '9')
        && (name.length() == 1 || name.charAt(0) != '0');
  }
}
