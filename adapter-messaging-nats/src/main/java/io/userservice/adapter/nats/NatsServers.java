package io.userservice.adapter.nats;

import static java.util.Objects.requireNonNull;

import io.nats.client.AuthHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Options.HostnameResolveMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where NATS is and how one is let in: what every connection of this adapter begins with.
 *
 * @param addresses of one cluster, tried in any order: {@code nats://}, or {@code tls://} for an
 *     encrypted connection to a server whose certificate the JVM trusts and which names the host of
 *     the address. User and password, or a token, may be in the address
 * @param credentials a .creds file; read anew at each connect
 */
public record NatsServers(List<String> addresses, Optional<Path> credentials) {
  private static final Pattern ENCRYPTED =
      Pattern.compile("(tls|opentls|wss)://", Pattern.CASE_INSENSITIVE);

  public NatsServers {
    addresses = List.copyOf(addresses);
    requireNonNull(credentials);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("at least one address of a NATS server");
    }
  }

  /**
   * The beginning of the options of jnats; the caller adds what is its own.
   *
   * @throws IllegalArgumentException when the credentials can't be read, or an address is none
   */
  public Options.Builder jnatsOptions() {
    var builder = Options.builder().servers(addresses.toArray(String[]::new));
    credentials.ifPresent(file -> builder.authHandler(authentication(file)));
    return isEncrypted() ? encrypted(builder) : builder;
  }

  /** Looked at here, as jnats doesn't say what is wrong with it. */
  private static AuthHandler authentication(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("the credentials file " + file + " can't be read");
    }
    return Nats.credentials(file.toString());
  }

  private boolean isEncrypted() {
    return addresses.stream().anyMatch(address -> ENCRYPTED.matcher(address).lookingAt());
  }

  private static Options.Builder encrypted(Options.Builder builder) {
    return builder
        .sslContext(NameCheckingTls.context())
        // The other modes replace the name by an IP address, which no certificate need have.
        .hostnameResolveMode(HostnameResolveMode.HappyEyeballs)
        // What a cluster tells of itself are IP addresses too.
        .ignoreDiscoveredServers();
  }

  /** Without what may be a password. */
  @Override
  public String toString() {
    return "NatsServers" + addresses.stream().map(Redaction::redacted).toList();
  }
}
