package org.peerrelay.daemon.interop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Frames that end an npm process, or might, if they reach it as they are. They are templates: see
 * {@link HostileScene} for the words that begin with a dollar sign. Contents are in {@link
 * HostileContents}.
 */
final class HostileFrames {
  private static final String PROPER =
      "{\"to\":$TO,\"from\":$ME,\"path\":[$ME],\"nonce\":$N,\"data\":%s}";
  private static final String PROPER_USER = PROPER.formatted("{\"type\":\"user\",\"data\":0}");

  /** Brackets that make two thirds of the largest frame, with their counterparts. */
  private static final int DEEP = 100_000;

  /** An npm relay takes these bytes for the name of a property that every object has. */
  private static final String DEADLY_ID = "70726f70657274794973456e756d657261626c65";

  private HostileFrames() {}

  /** A datagram in which only the content can be wrong. */
  static String proper(String content) {
    return PROPER.formatted(content);
  }

  /** Datagrams that somebody else seems to have sent, or that come in an unusual form. */
  static Stream<String> forged(String content) {
    return """
        {"to":$TO,"from":$OTHER,"path":[$OTHER,$ME],"nonce":$N,"data":%s}
        {"to":$TO,"from":$OTHER,"path":[$OTHER],"nonce":$N,"data":%s}
        {"to":$TO,"from":$DAEMON,"path":[$DAEMON,$ME],"nonce":$N,"data":%s}
        {"to":$TO,"from":$VICTIM,"path":[$VICTIM,$ME],"nonce":$N,"data":%s}
        {"data":%s,"nonce":$N,"path":[$STRANGER,$ME],"from":$STRANGER,"to":$TO,"more":[{}]}
        """
        .lines()
        .map(template -> template.formatted(content));
  }

  /** JSON with something wrong around the content. */
  static List<String> envelopes() {
    List<String> frames = new ArrayList<>(NO_DATAGRAMS.lines().toList());
    for (String id : badIds()) {
      frames.add(PROPER_USER.replace("$TO", id));
      frames.add(PROPER_USER.replace("\"from\":$ME", "\"from\":" + id));
    }
    for (String path : badPaths()) {
      frames.add(PROPER_USER.replace("[$ME]", path));
    }
    for (String nonce : badNonces()) {
      frames.add(PROPER_USER.replace("$N", nonce));
    }
    for (String name : List.of("to", "from", "path", "nonce", "data")) {
      frames.addAll(membersAmiss(name));
    }
    for (String member : furtherMembers()) {
      frames.add(with(member));
    }
    return frames;
  }

  /** What is no JSON, or too long: the sender's link is closed. */
  static List<String> closing() {
    List<String> frames = new ArrayList<>(NO_JSON.lines().toList());
    frames.add("");
    frames.add("[".repeat(200_000));
    frames.add("{\"a\":".repeat(40_000));
    frames.add("\"" + "x".repeat(200_000));
    frames.add("\u0000");
    frames.add("\"\t\"");
    frames.add("\uFEFF" + PROPER_USER);
    frames.add(PROPER_USER.replace("[$ME]", "[" + "$ME,".repeat(DEEP) + "$ME]"));
    frames.add(PROPER_USER.replace(":0}", ":\"" + "x".repeat(300_000) + "\"}"));
    return frames;
  }

  private static final String NO_DATAGRAMS =
      """
      null
      0
      true
      ""
      "text"
      []
      {}
      [$TO]
      [{"to":$TO,"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user"}}]
      {"type":"Buffer","data":[1,2,3]}
      {"data":{"type":"user","data":0}}
      {"TO":$TO,"From":$ME,"Path":[$ME],"Nonce":$N,"Data":{"type":"user"}}
      {"to":{"to":$TO},"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user"}}
      """;

  private static final String NO_JSON =
      """
      garbage
      {
      }
      [
      nul
      NaN
      undefined
      -
      01
      1.
      .5
      +1
      'text'
      "text
      "\\x"
      "\\u12g4"
      {a:1}
      {"a"}
      {"a":}
      {"a":1,}
      {,}
      [1,]
      [1 2]
      {"to":$TO
      {"to":$TO,"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user","data":0}
      {"to":$TO,"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user","data":}}
      {"to":$TO,"from":$ME,"path":[$ME,],"nonce":$N,"data":{"type":"user"}}
      {"to":$TO,"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user"}}}
      {"to":$TO,"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user"}} x
      {"to":$TO,"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user","data":NaN}}
      {"to":$TO,"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user","data":Infinity}}
      {"to":$TO,"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user","data":0x1}}
      {"to":$TO,"from":$ME,"path":[$ME],"nonce":$N,"data":{"type":"user","data":"\\u00zz"}}
      {"to":$TO,"from":$ME,"path":[$ME],"nonce":007,"data":{"type":"user"}}
      {"to":{"type":"Buffer","data":[07]},"from":$ME,"path":[$ME],"nonce":$N,"data":{}}
      """;

  private static List<String> membersAmiss(String name) {
    String plain = "\"" + name + "\":";
    String escaped = "\"\\u%04x%s\":".formatted((int) name.charAt(0), name.substring(1));
    return List.of(
        PROPER_USER.replaceFirst(plain, "\"other\":"),
        PROPER_USER.replaceFirst(plain, plain + "null," + plain),
        with(plain + "null"),
        with(plain + "0"),
        PROPER_USER.replaceFirst(plain, escaped.replace("\\", "\\\\")),
        with(escaped + "null"));
  }

  private static String with(String member) {
    return PROPER_USER.substring(0, PROPER_USER.length() - 1) + "," + member + "}";
  }

  private static Collection<String> badIds() {
    String twenty = RawClient.bufferForm("07".repeat(20));
    List<String> ids =
        new ArrayList<>(
            """
            null
            0
            -1
            1e400
            true
            ""
            " "
            []
            {}
            [$ME]
            "to"
            "__proto__"
            {"length":20}
            {"type":"Buffer"}
            {"type":"Buffer","data":null}
            {"type":"Buffer","data":{}}
            {"type":"Buffer","data":"00"}
            {"type":"Buffer","data":{"length":1e9}}
            {"type":"buffer","data":[0]}
            {"data":[1]}
            """
                .lines()
                .toList());
    ids.add("\"" + DEADLY_ID + "\"");
    ids.add(RawClient.bufferForm(DEADLY_ID));
    for (int length : new int[] {0, 1, 19, 21, 1_000}) {
      ids.add(RawClient.bufferForm("07".repeat(length)));
    }
    for (int digits : new int[] {1, 2, 38, 39, 41, 42, 80, 10_000}) {
      ids.add("\"" + "a".repeat(digits) + "\"");
    }
    for (String number : List.of("256", "-1", "1.5", "\"7\"", "null", "[]", "1e2", "1e400")) {
      ids.add(twenty.replaceFirst("7", number));
    }
    ids.add(twenty.replace("}", ",\"data\":null}"));
    ids.add("\"" + "g".repeat(40) + "\"");
    ids.add("\"" + "\\u0061".repeat(40) + "\"");
    return ids;
  }

  private static Collection<String> badPaths() {
    List<String> paths =
        new ArrayList<>(
            """
            null
            0
            ""
            {}
            []
            $ME
            [null]
            [0]
            [[]]
            [{}]
            [[$ME]]
            [""]
            ["g"]
            [$BUFFER]
            [$ME,null]
            [$ME,0]
            [$ME,""]
            [null,$ME]
            {"0":$ME,"length":1}
            {"length":-1}
            [$OTHER]
            [$VICTIM]
            [$DAEMON]
            [$ME,$OTHER]
            [$ME,$VICTIM]
            [$ME,$DAEMON]
            [$ME,$DAEMON,$ME]
            [$ME,$VICTIM,$ME]
            [$ME,$STRANGER,$ME]
            """
                .lines()
                .toList());
    for (int length : new int[] {19, 20, 21, 22, 5_000}) {
      paths.add("[" + "$ME,".repeat(length - 1) + "$ME]");
    }
    paths.add("[" + "0,".repeat(DEEP) + "0]");
    paths.add("[" + "\"\",".repeat(DEEP / 2) + "\"\"]");
    paths.add("[".repeat(DEEP) + "]".repeat(DEEP));
    paths.add("[$ME,\"" + "a".repeat(39) + "\",$ME]");
    return paths;
  }

  private static List<String> badNonces() {
    List<String> nonces =
        new ArrayList<>(
            """
            1
            0
            -1
            1.5
            1e15
            null
            true
            []
            {}
            ["1"]
            ""
            " "
            "abc"
            "-1"
            "+1"
            "1.5"
            "1e5"
            "01"
            " 1"
            "1 "
            "0x1"
            "\\u0031"
            "\u0661"
            "__proto__"
            "constructor"
            "toString"
            "1234567890123456"
            {"type":"Buffer","data":[1]}
            """
                .lines()
                .toList());
    nonces.add("\"" + "9".repeat(1_000) + "\"");
    return nonces;
  }

  private static List<String> furtherMembers() {
    return List.of(
        "\"__proto__\":null",
        "\"__proto__\":{\"to\":null,\"path\":null}",
        "\"toJSON\":1",
        "\"constructor\":null",
        "\"length\":-1",
        "\"\":\"\"",
        "\"a\":" + "[".repeat(DEEP) + "]".repeat(DEEP),
        "\"b\":" + "{\"c\":".repeat(20_000) + "0" + "}".repeat(20_000),
        "\"" + "d".repeat(DEEP) + "\":0",
        "\"e\":0" + ",\"e\":0".repeat(10_000));
  }
}
