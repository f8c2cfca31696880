package io.userservice.bootstrap;

import io.userservice.adapter.http.auth.TokenVerifier.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration of a running service. Read once, all problems told together. */
record Settings(
    Listen listen, Database database, Nats nats, Keys keys, Tokens tokens, Logging logging) {

  /** Where HTTP is served. */
  record Listen(String host, int port) {}

  /**
   * The database.
   *
   * @param poolSize how many connections to it this instance holds at most
   * @param keepEvents how long events stay in the log; empty for ever
   */
  record Database(DatabaseAddress address, int poolSize, Optional<Duration> keepEvents) {}

  /**
   * The servers of NATS, and what is said there.
   *
   * @param publicUrl where the service, and with it the schemas of events, is found
   */
  record Nats(List<String> urls, Optional<Path> credentials, int replicas, String publicUrl) {}

  /** By what the signatures of tokens are verified. */
  sealed interface Keys {
    /** HS256. */
    record SharedSecret(Secret secret) implements Keys {}

    /** RS256 or ES256 by the keys of that document. */
    record Jwks(String url) implements Keys {}

    /** RS256 or ES256 by this key. */
    record PublicKey(KeySource.PublicKey key) implements Keys {}
  }

  /** What is demanded of tokens. */
  record Tokens(
      Optional<String> issuer,
      Optional<String> audience,
      String tenantClaim,
      boolean requireScopes) {}

  /** What is logged, and how. */
  record Logging(Level level, Format format) {
    enum Level {
      TRACE,
      DEBUG,
      INFO,
      WARN,
      ERROR
    }

    /** Warnings and errors only: of a command its result is what counts. */
    Logging forCommands() {
      return new Logging(level.compareTo(Level.WARN) < 0 ? Level.WARN : level, format);
    }

    enum Format {
      JSON,
      CONSOLE
    }
  }

  /** What making a token takes. */
  record Issuing(Secret secret, Tokens tokens) {}

  /** What migrating the schema takes. */
  record Migrating(DatabaseAddress database, Logging logging) {}

  /** What an operator's work on events takes. */
  record Operating(DatabaseAddress database, Nats nats, Logging logging) {}

  /** What a look at the stream takes. */
  record Looking(Nats nats, Logging logging) {}

  /** The settings of {@code events}. */
  static Operating forEvents(Map<String, String> variables) {
    return new SettingsReader(new Environment(variables)).events();
  }

  /** The settings of {@code stream}. */
  static Looking forStream(Map<String, String> variables) {
    return new SettingsReader(new Environment(variables)).stream();
  }

  /** The settings of {@code serve}. */
  static Settings forServe(Map<String, String> variables) {
    return new SettingsReader(new Environment(variables)).serve();
  }

  /** The settings of {@code token}. */
  static Issuing forToken(Map<String, String> variables) {
    return new SettingsReader(new Environment(variables)).token();
  }

  /** The settings of {@code migrate}. */
  static Migrating forMigrate(Map<String, String> variables) {
    return new SettingsReader(new Environment(variables)).migrate();
  }
}
