package org.peerrelay.daemon;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.peerrelay.access.Access;
import org.peerrelay.access.AccessCallout;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say who may link with a relay and use its HTTP side. */
final class AccessOptions {
  @Option(
      names = "--allow",
      paramLabel = "FILE",
      description = {
        "Only whoever stands in this file may come: an id, an address or a CIDR range a line."
      })
  private @Nullable Path allow;

  @Option(
      names = "--deny",
      paramLabel = "FILE",
      description = "Whoever stands in this file may not come, whatever --allow says.")
  private @Nullable Path deny;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = {
        "What everybody has to show who comes; wss://HOST/?token=TOKEN does. All users of the"
            + " machine can see it here: --token-file is better."
      })
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The file that this token stands in.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--access-url",
      paramLabel = "URL",
      converter = CalloutUrl.class,
      description = {
        "Is asked by HTTP who may come, and answers with status 200, 204 or 403; nobody may while"
            + " it does not."
      })
  private @Nullable String accessUrl;

  /** Who may come, as they say it. */
  Access open() throws CommandFailedException {
    AccessFiles files = files();
    AccessCallout callout = accessUrl == null ? null : AccessCallout.at(accessUrl);
    return new Access(files.lists(), files.sharedToken(), callout);
  }

  /** What can be read again. */
  AccessFiles files() {
    return new AccessFiles(allow, deny, token, tokenFile);
  }

  /** A URL to ask at. */
  static final class CalloutUrl implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        AccessCallout.check(text);
        return text;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
