package org.peerrelay.daemon;

import java.util.List;
import java.util.Set;
import org.peerrelay.PeerBuilder;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.transport.AllowedOrigins;
import org.peerrelay.transport.TrustedProxies;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a relay that stands behind a reverse proxy, or before browsers. */
final class ProxyOptions {
  @Option(
      names = "--trusted-proxy",
      paramLabel = "CIDR",
      hideParamSyntax = true,
      split = Url.SEPARATORS,
      converter = Block.class,
      description = {
        "Addresses of proxies that are believed who their clients are, as X-Forwarded-For or the"
            + " PROXY protocol, version 2, says it; may be repeated."
      })
  private List<AddressBlock> trusted = List.of();

  @Option(
      names = "--origin",
      paramLabel = "URL",
      hideParamSyntax = true,
      split = Url.SEPARATORS,
      converter = Origin.class,
      description = {
        "Whose pages may use the relay from within a browser, such as https://app.example; may be"
            + " repeated. Default: all"
      })
  private List<String> origins = List.of();

  /** Whose pages may come. */
  AllowedOrigins origins() {
    return new AllowedOrigins(Set.copyOf(origins));
  }

  /** Has a relay go by them. */
  void apply(PeerBuilder builder) {
    builder.trustedProxies(new TrustedProxies(trusted)).origins(origins());
  }

  /** An address, or a block of them. */
  static final class Block implements ITypeConverter<AddressBlock> {
    @Override
    public AddressBlock convert(String text) {
      try {
        return AddressBlock.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** An origin, as browsers write it. */
  static final class Origin implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        return AllowedOrigins.check(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
