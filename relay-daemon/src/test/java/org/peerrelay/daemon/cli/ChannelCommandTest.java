package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChannelCommandTest {
  private static final Pattern CONNECT =
      Pattern.compile(
          "\\[\"connect\",\\{\"id\":\"(\\w{32})\",\"cid\":\"(\\w{32})\",\"token\":\"\\w{32}\"}]");

  private static RelayProcess serve() {
    return RelayProcess.start("serve", "--host", "127.0.0.1", "-p", "0", "--identity", "none");
  }

  private static String url(RelayProcess daemon) {
    String listening = daemon.out().next();
    return listening.replaceFirst("listening on ws(://\\S+) as .*", "http$1/channels");
  }

  private static Matcher connect(RelayProcess member) {
    Matcher connect = CONNECT.matcher(member.out().next());
    assertTrue(connect.matches());
    return connect;
  }

  @Test
  void linesGoInAndRowsComeOut() throws InterruptedException {
    try (RelayProcess daemon = serve()) {
      String url = url(daemon);
      try (RelayProcess owner =
          RelayProcess.startInShell("echo '{\"hello\": \"me: too\"}' | \"$@\"", "channel", url)) {
        Matcher self = connect(owner);
        assertEquals("[\"signal\",{\"hello\":\"me\\u003a too\"}]", owner.out().next());
        try (RelayProcess guest =
            RelayProcess.startInShell(
                "(echo '{\"x\":1,\"_cid\":\""
                    + self.group(2)
                    + "\"}'; echo 'no json'; echo 2) |"
                    + " \"$@\"",
                "channel",
                url,
                self.group(1))) {
          Matcher joined = connect(guest);
          assertEquals(self.group(1), joined.group(1));
          String names = "{\"id\":\"%s\",\"cid\":\"%s\"}]";
          assertEquals(
              "[\"join\"," + names.formatted(self.group(1), joined.group(2)), owner.out().next());
          assertEquals("[\"signal\",{\"x\":1}]", owner.out().next());
          assertEquals("[\"signal\",2]", owner.out().next());
          assertEquals("[\"signal\",2]", guest.out().next());
          assertTrue(guest.err().next().contains("no json"));
          daemon.terminate();
          assertEquals(0, guest.exitStatus());
        }
      }
    }
  }

  /**
   * moshpit's example: the owner pings who joins, naming itself, and who is pinged answers. Each is
   * a pipe from the command to the command, and writes down what it hears.
   */
  @Test
  void aShellCanPlayPingPong() {
    String player =
        """
        dir=$(mktemp -d); mkfifo "$dir/in"; exec 3<>"$dir/in"; rm -r "$dir"
        "$@" <&3 | while read -r row; do
          echo "$row"
          cid=${row##*\\"cid\\":\\"}; cid=${cid%%\\"*}; from=${row##*\\"from\\":\\"}; from=${from%%\\"*}
          case $row in
            '["connect"'*) me=$cid ;;
            '["join"'*) echo "{\\"say\\":\\"ping\\",\\"from\\":\\"$me\\",\\"_cid\\":\\"$cid\\"}" >&3 ;;
            *ping*) echo "{\\"say\\":\\"pong\\",\\"_cid\\":\\"$from\\"}" >&3 ;;
          esac
        done
        """;
    try (RelayProcess daemon = serve()) {
      String url = url(daemon);
      try (RelayProcess owner = RelayProcess.startInShell(player, "channel", url)) {
        Matcher self = connect(owner);
        try (RelayProcess guest =
            RelayProcess.startInShell(player, "channel", url, self.group(1))) {
          connect(guest);
          assertEquals(
              "[\"signal\",{\"say\":\"ping\",\"from\":\"" + self.group(2) + "\"}]",
              guest.out().next());
          assertTrue(owner.out().next().startsWith("[\"join\","));
          assertEquals("[\"signal\",{\"say\":\"pong\"}]", owner.out().next());
        }
      }
    }
  }

  @Test
  void whatIsNotThereIsAFailure() throws InterruptedException {
    assertEquals(3, Run.of("channel", "http://127.0.0.1:1/channels").status());
    assertEquals(2, Run.of("channel", "ws://127.0.0.1:1").status());
    try (RelayProcess daemon = serve()) {
      Run run = Run.of("channel", url(daemon), "0");
      assertEquals(1, run.status());
      assertTrue(run.err().get(0).contains("status 404"), run::toString);
    }
  }
}
