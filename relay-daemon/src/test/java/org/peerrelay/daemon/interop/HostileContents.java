package org.peerrelay.daemon.interop;

import java.util.ArrayList;
import java.util.List;

/** Values of the member {@code data} of a datagram: what it is for, and what it says. */
final class HostileContents {
  private static final String SHAPES =
      """
      null
      0
      true
      ""
      "user"
      []
      [{"type":"user"}]
      {}
      {"data":0}
      {"type":null}
      {"type":0}
      {"type":[]}
      {"type":{}}
      {"type":["user"]}
      {"type":"user","type":"findPeers"}
      {"type":"findPeers","type":"user","data":0}
      {"type":"findPeers","data":null,"data":$VICTIM}
      {"type":"findPeers","data":$VICTIM,"data":null}
      {"ty\\u0070e":"findPeers"}
      {"type":"find\\u0050eers"}
      {"type":"user","ty\\u0070e":"findPeers"}
      {"type":"user","__proto__":{"type":"findPeers"}}
      {"__proto__":{"type":"findPeers"}}
      {"type":"user","data":{"__proto__":null}}
      {"type":"user","data":{"toJSON":0}}
      {"type":"user","data":1e400}
      {"type":"user","data":"\\ud800"}
      {"type":""}
      {"type":"__proto__"}
      {"type":"constructor","data":null}
      {"type":"toString"}
      {"type":"message","data":null}
      {"type":"error"}
      {"type":"USER"}
      {"type":"unknown","data":{"type":"findPeers"}}
      """;

  private static final String FIND_PEERS =
      """
      {"type":"findPeers"}
      {"type":"findPeers","data":null}
      {"type":"findPeers","data":0}
      {"type":"findPeers","data":-1}
      {"type":"findPeers","data":4294967296}
      {"type":"findPeers","data":true}
      {"type":"findPeers","data":{}}
      {"type":"findPeers","data":{"length":1e9}}
      {"type":"findPeers","data":[]}
      {"type":"findPeers","data":[$VICTIM]}
      {"type":"findPeers","data":""}
      {"type":"findPeers","data":"xyz"}
      {"type":"findPeers","data":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
      {"type":"findPeers","data":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
      {"type":"findPeers","data":"gggggggggggggggggggggggggggggggggggggggg"}
      {"type":"findPeers","data":$BUFFER}
      {"type":"findPeers","data":$VICTIM}
      {"type":"findPeers","data":$STRANGER}
      {"type":"foundPeers"}
      {"type":"foundPeers","data":null}
      {"type":"foundPeers","data":0}
      {"type":"foundPeers","data":true}
      {"type":"foundPeers","data":{}}
      {"type":"foundPeers","data":{"length":1,"0":$STRANGER}}
      {"type":"foundPeers","data":""}
      {"type":"foundPeers","data":$STRANGER}
      {"type":"foundPeers","data":[null]}
      {"type":"foundPeers","data":[0]}
      {"type":"foundPeers","data":[1e9]}
      {"type":"foundPeers","data":[true]}
      {"type":"foundPeers","data":[{}]}
      {"type":"foundPeers","data":[[]]}
      {"type":"foundPeers","data":[""]}
      {"type":"foundPeers","data":["xyz"]}
      {"type":"foundPeers","data":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]}
      {"type":"foundPeers","data":[[$STRANGER]]}
      {"type":"foundPeers","data":[$BUFFER]}
      {"type":"foundPeers","data":[$STRANGER,null]}
      {"type":"foundPeers","data":[$VICTIM,$VICTIM,$ME,$ME,$DAEMON,$OTHER]}
      {"type":"foundPeers","data":["70726f70657274794973456e756d657261626c65"]}
      """;

  private static final String HANDSHAKES =
      """
      {"type":"handshake-offer"}
      {"type":"handshake-offer","data":null}
      {"type":"handshake-offer","data":[[[]]]}
      {"type":"handshake-answer"}
      {"type":"handshake-answer","data":null}
      {"type":"handshake-answer","data":0}
      {"type":"handshake-answer","data":true}
      {"type":"handshake-answer","data":""}
      {"type":"handshake-answer","data":"ws://localhost:1"}
      {"type":"handshake-answer","data":[]}
      {"type":"handshake-answer","data":{}}
      {"type":"handshake-answer","data":{"wrtc":true}}
      {"type":"handshake-answer","data":{"wrtc":1,"ws":null}}
      {"type":"handshake-answer","data":{"wrtc":"no","ws":null}}
      {"type":"handshake-answer","data":{"ws":null,"wrtc":true}}
      {"type":"handshake-answer","data":{"ws":"ws://localhost:1","ws":"x"}}
      {"type":"handshake-answer","data":{"ws":null,"w\\u0073":"x"}}
      {"type":"handshake-answer","data":{"__proto__":{"ws":"x"}}}
      {"type":"signal"}
      {"type":"signal","data":null}
      {"type":"signal","data":0}
      {"type":"signal","data":""}
      {"type":"signal","data":"{"}
      {"type":"signal","data":[]}
      {"type":"signal","data":{}}
      {"type":"signal","data":{"type":"offer","sdp":"v=0"}}
      {"type":"signal","data":{"type":"answer","sdp":null}}
      {"type":"signal","data":{"type":null,"sdp":{}}}
      {"type":"signal","data":{"candidate":{}}}
      {"type":"signal","data":{"candidate":null}}
      {"type":"signal","data":{"candidate":{"candidate":"","sdpMLineIndex":-1,"sdpMid":null}}}
      {"type":"signal","data":{"renegotiate":true}}
      {"type":"signal","data":{"transceiverRequest":{"kind":"video"}}}
      """;

  /** What a {@code handshake-answer} tells the victim to dial. */
  private static final String URLS =
      """
      ""
      " "
      0
      true
      {}
      []
      ["ws://localhost:1"]
      "localhost:1"
      "//localhost:1"
      "/"
      "http://localhost:1"
      "https://localhost:1"
      "file:///etc/passwd"
      "javascript:0"
      "ws+unix:///tmp/socket"
      "ws"
      "ws:"
      "ws:/"
      "ws://"
      "ws:///"
      "ws:///path"
      "ws://:1"
      "ws://?"
      "ws://#"
      "ws://@"
      "ws://localhost:-1"
      "ws://localhost:0"
      "ws://localhost:65536"
      "ws://localhost:99999999999999999999"
      "ws://localhost:http"
      "ws://localhost:1:2"
      "ws://user:word@localhost:1"
      "ws://us%zer@localhost:1"
      "ws://local host:1"
      "ws://local\\thost:1"
      "ws://localhost:1/a b"
      "ws://localhost:1/%"
      "ws://localhost:1/%zz"
      "ws://localhost:1/#a"
      "ws://localhost:1/\\u0000"
      "ws://localhost:1/\\r\\nHost: x"
      "ws://localhost:1/\\ud800"
      "ws://localhost:1/\u4e16"
      "ws://\u4e16:1"
      "ws://b\u00fccher.example"
      "ws://xn--0"
      "ws://xn--/"
      "ws://XN--A:1"
      "ws://a.xn--99999"
      "ws://[::1"
      "ws://[::1]x"
      "ws://[localhost]:1"
      "ws://[fe80::1%25lo]:1"
      "ws://[fe80::1%lo]:1"
      "ws://[v1.a]:1"
      "ws://1.2.3:1"
      "ws://999.999.999.999:1"
      "ws://a..b:1"
      "ws://.:1"
      "ws://-:1"
      "ws://_:1"
      "ws://*:1"
      "ws://{}:1"
      "ws://localhost\\\\:1"
      "ws://\\"localhost\\":1"
      "ws://localhost:1/\\"<>^`{|}"
      "WS://localhost:1"
      "wss://localhost:1"
      "ws://localhost:1"
      "ws://localhost:1?a=b&c"
      "ws://[::1]:1"
      "ws://0.0.0.0:1"
      "ws://255.255.255.255:1"
      "ws://no-such-host.invalid:1"
      "$DAEMON_URL"
      "$DAEMON_URL/?again"
      "$SERVER_URL"
      """;

  private HostileContents() {}

  static List<String> all() {
    List<String> contents = new ArrayList<>();
    for (String block : List.of(SHAPES, FIND_PEERS, HANDSHAKES)) {
      block.lines().forEach(contents::add);
    }
    URLS.lines().forEach(url -> contents.add(answer(url)));
    contents.add(answer("\"ws://" + "a".repeat(300) + ":1\""));
    contents.add(answer("\"ws://" + "a.".repeat(200) + "example:1\""));
    contents.add(answer("\"ws://localhost:1/" + "a".repeat(100_000) + "\""));
    for (int ids : new int[] {20, 21, 5_000}) {
      contents.add(
          "{\"type\":\"foundPeers\",\"data\":[" + "$STRANGER,".repeat(ids - 1) + "$STRANGER]}");
    }
    for (int depth : new int[] {400, 501, 10_000, 100_000}) {
      String deep = "[".repeat(depth) + "]".repeat(depth);
      for (String type : List.of("user", "findPeers", "handshake-offer", "signal", "unknown")) {
        contents.add("{\"type\":\"" + type + "\",\"data\":" + deep + "}");
      }
      contents.add("{\"type\":" + deep + "}");
      contents.add(deep);
    }
    return contents;
  }

  private static String answer(String url) {
    return "{\"type\":\"handshake-answer\",\"data\":{\"ws\":" + url + ",\"wrtc\":false}}";
  }
}
