package org.peerrelay.daemon.interop;

import static org.peerrelay.daemon.interop.DatagramText.buffer;
import static org.peerrelay.daemon.interop.DatagramText.nested;
import static org.peerrelay.daemon.interop.DatagramText.quoted;
import static org.peerrelay.daemon.interop.DatagramText.times;
import static org.peerrelay.daemon.interop.DatagramText.user;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Datagrams whose members, beside the content, are not what they should be. */
final class HostileJson {
  /** The bytes of this id spell a property that every JavaScript object has. */
  static final String DEADLY_ID = "70726f7065727479" + "4973456e756d6572" + "61626c65";

  private static final String ID = "0123456789abcdef0123456789abcdef01234567";

  /** More levels than a stack has room for. */
  private static final int DEEP = 60_000;

  /** One level more than is passed on. */
  private static final int JUST_TOO_DEEP = 501;

  private static final List<String> NO_OBJECTS =
      List.of("null", "true", "1", "1e999", "\"\"", "\"text\"", "[]", "[{}]");

  private HostileJson() {}

  static Stream<HostileDeed> all() {
    return Stream.of(noJson(), otherJson(), ids(), paths(), nonces(), data(), odd())
        .flatMap(deeds -> deeds);
  }

  private static Stream<HostileDeed> noJson() {
    Stream<HostileDeed> texts =
        Stream.of("", " ", "garbage", "undefined", "}", "[1,2", "{\"to\"", "\"a", "{}{}")
            .map(text -> HostileDeed.noJson("no JSON: " + text, route -> text));
    return Stream.concat(
        texts,
        Stream.of(
            HostileDeed.noJson("NUL", route -> "\0"),
            HostileDeed.noJson("a byte order mark", route -> "\ufeff" + user(route)),
            HostileDeed.noJson("two datagrams", route -> user(route) + "" + user(route)),
            HostileDeed.noJson("a raw line feed", route -> user(route).with("x", "\"\n\"")),
            HostileDeed.noJson("NaN", route -> user(route).with("x", "NaN")),
            HostileDeed.noJson("a broken escape", route -> user(route).with("x", "\"\\x\""))));
  }

  private static Stream<HostileDeed> otherJson() {
    Stream<HostileDeed> texts =
        NO_OBJECTS.stream().map(text -> HostileDeed.json("JSON: " + text, route -> text));
    return Stream.concat(
        texts,
        Stream.of(
            HostileDeed.json("an empty object", route -> "{}"),
            HostileDeed.json("an id once more", route -> buffer(20)),
            HostileDeed.json("an id in hex once more", route -> quoted(route.from())),
            HostileDeed.json("deep JSON", route -> nested(DEEP))));
  }

  private static Stream<HostileDeed> ids() {
    List<String> broken =
        List.of(
            "\"0123\"",
            quoted(ID + "0"),
            quoted(ID.replace('f', 'g')),
            "\"__proto__\"",
            "10000000000",
            "{}",
            "{\"type\":\"Buffer\"}",
            "{\"type\":\"Buffer\",\"data\":1000000000}",
            "{\"type\":\"Buffer\",\"data\":\"text\"}",
            "{\"length\":1000000000}",
            buffer(0),
            buffer(19),
            buffer(21),
            buffer(20).replace("7]", "256]"),
            buffer(20).replace("7]", "\"7\"]"));
    return Stream.of("to", "from")
        .flatMap(name -> Stream.concat(members(name), broken.stream().map(id -> member(name, id))));
  }

  private static Stream<HostileDeed> paths() {
    Stream<HostileDeed> broken =
        Stream.of("{}", "[null]", "[1]", "[10000000000]", "[[]]", "[\"\"]", "[\"zz\"]")
            .map(path -> member("path", path));
    Stream<HostileDeed> forged =
        Stream.of(
            HostileDeed.json("a path of 20", route -> path(route, times(20, quoted(route.from())))),
            HostileDeed.json(
                "a path of 5000", route -> path(route, times(5_000, quoted(route.from())))),
            HostileDeed.json("a path of another", route -> path(route, "[" + quoted(ID) + "]")),
            HostileDeed.json(
                "a path through the target",
                route -> path(route, ids(ID, route.to(), route.from())).with("from", quoted(ID))),
            HostileDeed.json(
                "the target as author",
                route ->
                    path(route, ids(route.to(), route.from())).with("from", quoted(route.to()))),
            HostileDeed.json(
                "a deadly id on the path",
                route -> path(route, ids(ID, DEADLY_ID, route.from())).with("from", quoted(ID))),
            HostileDeed.json(
                "a deadly id as author",
                route -> path(route, ids(DEADLY_ID, route.from())).with("from", quoted(DEADLY_ID))),
            HostileDeed.json(
                "a deadly id as target", route -> user(route).with("to", quoted(DEADLY_ID))),
            HostileDeed.json(
                "a deadly Buffer as target",
                route ->
                    user(route)
                        .with(
                            "to",
                            "{\"type\":\"Buffer\",\"data\":[112,114,111,112,101,114,116,121,73,"
                                + "115,69,110,117,109,101,114,97,98,108,101]}")));
    return Stream.of(members("path"), broken, forged).flatMap(deeds -> deeds);
  }

  private static DatagramText path(HostileDeed.Route route, String path) {
    return user(route).with("path", path);
  }

  private static String ids(String... ids) {
    return Stream.of(ids).map(DatagramText::quoted).toList().toString();
  }

  private static Stream<HostileDeed> nonces() {
    Stream<HostileDeed> broken =
        Stream.of("-1", "1e21", "01", "1.5", "toString", "constructor", "__proto__")
            .map(nonce -> member("nonce", quoted(nonce)));
    return Stream.of(
            members("nonce"),
            broken,
            Stream.of(
                member("nonce", "{}"),
                member("nonce", quoted("9".repeat(16))),
                member("nonce", quoted("9".repeat(60_000))),
                HostileDeed.json(
                    "the same nonce again", route -> user(route).with("nonce", "\"7\""))))
        .flatMap(deeds -> deeds);
  }

  private static Stream<HostileDeed> data() {
    Stream<HostileDeed> types =
        Stream.of("null", "1", "[]", "{}", "[\"user\"]", "\"us\\u0065r\"")
            .map(type -> member("data", "{\"type\":" + type + ",\"data\":1}"));
    return Stream.of(members("data"), Stream.of(member("data", "{}")), types)
        .flatMap(deeds -> deeds);
  }

  /** What a member must not be; a string and an array may be right for one, and harmless. */
  private static Stream<HostileDeed> members(String name) {
    return Stream.of(
            NO_OBJECTS.stream().map(json -> member(name, json)),
            Stream.of(
                HostileDeed.json("no " + name, route -> user(route).without(name)),
                HostileDeed.json(
                    "two of " + name, route -> user(route).ahead(quoted(name), "null")),
                HostileDeed.json(
                    "two of " + name + ", one spelled with an escape",
                    route -> user(route).ahead(escaped(name), "null")),
                member(name, nested(DEEP))))
        .flatMap(deeds -> deeds);
  }

  private static String escaped(String name) {
    return "\"\\u%04x%s\"".formatted((int) name.charAt(0), name.substring(1));
  }

  private static HostileDeed member(String name, String json) {
    return HostileDeed.json(name + ": " + json, route -> user(route).with(name, json));
  }

  /** What may pass, if it does no harm. */
  private static Stream<HostileDeed> odd() {
    return Stream.of(
        HostileDeed.json(
            "members that JavaScript objects have",
            route ->
                user(route)
                    .with("__proto__", "{\"path\":null}")
                    .with("constructor", "null")
                    .with("toJSON", "1")
                    .with("hasOwnProperty", "1")),
        HostileDeed.json("an unread member that is deep", route -> deepMember(route, DEEP)),
        HostileDeed.json(
            "an unread member that is just too deep", route -> deepMember(route, JUST_TOO_DEEP)),
        HostileDeed.json(
            "ten thousand members",
            route -> {
              DatagramText text = user(route);
              for (int i = 0; i < 10_000; i++) {
                text.with("m" + i, "0");
              }
              return text;
            }),
        HostileDeed.json(
            "ids in capitals",
            route -> user(route).with("to", quoted(route.to().toUpperCase(Locale.ROOT)))));
  }

  private static DatagramText deepMember(HostileDeed.Route route, int depth) {
    return user(route).with("x", nested(depth));
  }
}
