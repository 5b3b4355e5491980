package org.peerrelay.daemon.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a client accepts (RFC 9110, section 12.5.1). Of several ranges the narrowest counts. */
record MediaRanges(List<Range> ranges) {
  /** One range, such as {@code text/*}, and how much it is wanted. */
  record Range(String type, double quality) {
    private static final String ANY_PART = "/*";

    /** How narrowly it names {@code mediaType}: 0 if not at all. */
    int rank(String mediaType) {
      if (type.equals(mediaType)) {
        return 3;
      }
      if (type.equals("*/*")) {
        return 1;
      }
      return type.endsWith(ANY_PART)
              && mediaType.startsWith(type.substring(0, type.length() - ANY_PART.length() + 1))
          ? 2
          : 0;
    }
  }

  static MediaRanges of(HttpHeaders headers) {
    List<Range> ranges = new ArrayList<>();
    for (String value : headers.getAll(HttpHeaderNames.ACCEPT)) {
      for (String range : value.split(",", -1)) {
        String[] parts = range.split(";", -1);
        String type = parts[0].strip().toLowerCase(Locale.ROOT);
        if (!type.isEmpty()) {
          ranges.add(new Range(type, quality(parts)));
        }
      }
    }
    return new MediaRanges(ranges);
  }

  /** A weight that cannot be read counts as none given. */
  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String[] parameter = parts[i].strip().toLowerCase(Locale.ROOT).split("=", 2);
      if (parameter.length == 2 && parameter[0].equals("q")) {
        try {
          return Double.parseDouble(parameter[1]);
        } catch (NumberFormatException e) {
          return 1;
        }
      }
    }
    return 1;
  }

  double quality(String mediaType) {
    int best = 0;
    double quality = ranges.isEmpty() ? 1 : 0;
    for (Range range : ranges) {
      int rank = range.rank(mediaType);
      if (rank > best) {
        best = rank;
        quality = range.quality();
      }
    }
    return quality;
  }

  boolean names(String mediaType) {
    return ranges.stream().anyMatch(range -> range.type().equals(mediaType));
  }
}
