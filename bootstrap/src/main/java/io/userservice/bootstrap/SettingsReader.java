package io.userservice.bootstrap;

import io.userservice.adapter.http.auth.TokenVerifier.KeySource;
import io.userservice.bootstrap.Settings.Database;
import io.userservice.bootstrap.Settings.Issuing;
import io.userservice.bootstrap.Settings.Keys;
import io.userservice.bootstrap.Settings.Listen;
import io.userservice.bootstrap.Settings.Logging;
import io.userservice.bootstrap.Settings.Looking;
import io.userservice.bootstrap.Settings.Migrating;
import io.userservice.bootstrap.Settings.Nats;
import io.userservice.bootstrap.Settings.Operating;
import io.userservice.bootstrap.Settings.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The variables of the environment, one by one: their defaults, bounds and forms. */
final class SettingsReader {
  private static final int LEAST_SECRET_BYTES = 32;
  private static final int DEFAULT_POOL_SIZE = 16;
  private static final Duration LEAST_RETENTION = Duration.ofDays(8);

  /** More than anyone waits for, and few enough years for PostgreSQL to subtract. */
  private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);

  private static final String WEB_FORM = "http://host:port/path or https://host:port/path";

  private final Environment environment;

  SettingsReader(Environment environment) {
    this.environment = environment;
  }

  Settings serve() {
    var listen = new Listen(host(), environment.integer("PORT", 3002, 0, 65_535));
    var address = address();
    var poolSize = environment.integer("DATABASE_POOL_SIZE", DEFAULT_POOL_SIZE, 2, 500);
    var keepEvents = keepEvents();
    var nats = nats();
    var keys = keys();
    var tokens = tokens();
    var logging = logging();
    environment.check();
    return new Settings(
        listen,
        new Database(address.orElseThrow(), poolSize, keepEvents),
        nats,
        keys.orElseThrow(),
        tokens,
        logging);
  }

  private String host() {
    var host = environment.text("HOST").orElse("0.0.0.0");
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException _) {
      environment.problem(
          "HOST",
          "found '%s', accepted is an address of this machine, like 127.0.0.1, or its name"
              .formatted(host));
    }
    return host;
  }

  Issuing token() {
    var secret = environment.text("JWT_SECRET");
    if (secret.isEmpty()) {
      environment.problem("JWT_SECRET", "not set, a token can't be signed without it");
    }
    secret.ifPresent(this::checkSecret);
    var tokens = tokens();
    environment.check();
    return new Issuing(new Secret(secret.orElseThrow()), tokens);
  }

  Migrating migrate() {
    var address = address();
    var logging = logging();
    environment.check();
    return new Migrating(address.orElseThrow(), logging);
  }

  Operating events() {
    var address = address();
    var nats = nats();
    var logging = logging();
    environment.check();
    return new Operating(address.orElseThrow(), nats, logging);
  }

  Looking stream() {
    var nats = nats();
    var logging = logging();
    environment.check();
    return new Looking(nats, logging);
  }

  private Optional<DatabaseAddress> address() {
    var text = environment.text("DATABASE_URL");
    if (text.isEmpty()) {
      environment.problem("DATABASE_URL", "not set, accepted is " + DatabaseAddress.ACCEPTED);
      return Optional.empty();
    }
    var address = DatabaseAddress.parse(text.get());
    if (address.isEmpty()) {
      // the value isn't shown: it may hold a password
      environment.problem(
          "DATABASE_URL", "found another form, accepted is " + DatabaseAddress.ACCEPTED);
    }
    return address;
  }

  /** Not less than the stream keeps them when it is made, or it couldn't be repaired. */
  private Optional<Duration> keepEvents() {
    var text = environment.text("EVENT_LOG_RETENTION");
    var duration =
        text.flatMap(ShortDuration::parse)
            .filter(found -> found.compareTo(LEAST_RETENTION) >= 0)
            .filter(found -> found.compareTo(LONGEST_RETENTION) <= 0);
    if (text.isPresent() && duration.isEmpty()) {
      environment.problem(
          "EVENT_LOG_RETENTION",
          "found '%s', accepted is a number of days from %dd to %dd, like 90d"
              .formatted(text.get(), LEAST_RETENTION.toDays(), LONGEST_RETENTION.toDays()));
    }
    return duration;
  }

  private Nats nats() {
    var urls =
        Arrays.stream(environment.text("NATS_URL").orElse("nats://localhost:4222").split(","))
            .map(String::strip)
            .toList();
    if (!urls.stream().allMatch(SettingsReader::isNatsUrl)) {
      environment.problem(
          "NATS_URL",
          otherForm(urls, "nats://host:port or tls://host:port, several separated by commas"));
    }
    return new Nats(
        urls,
        file("NATS_CREDENTIALS_FILE"),
        environment.integer("NATS_STREAM_REPLICAS", 1, 1, 5),
        publicUrl());
  }

  private String publicUrl() {
    var text = environment.text("PUBLIC_URL").orElse("http://localhost:3002");
    var isBase =
        webAddress(text)
            .filter(uri -> uri.getRawUserInfo() == null)
            .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
            .isPresent();
    if (!isBase) {
      environment.problem(
          "PUBLIC_URL", otherForm(List.of(text), WEB_FORM + ", without user, query and fragment"));
    }
    return text;
  }

  private static boolean isNatsUrl(String text) {
    return uri(text)
        .filter(uri -> uri.getHost() != null)
        .filter(uri -> Set.of("nats", "tls").contains(uri.getScheme()))
        .isPresent();
  }

  private Optional<Keys> keys() {
    var secret = environment.text("JWT_SECRET");
    var jwks = environment.text("JWT_JWKS_URL");
    var file = environment.text("JWT_PUBLIC_KEY_FILE");
    var set = List.of(secret, jwks, file).stream().filter(Optional::isPresent).count();
    if (set != 1) {
      environment.problem(
          "JWT_SECRET, JWT_JWKS_URL, JWT_PUBLIC_KEY_FILE",
          "found %d of them set, accepted is exactly one".formatted(set));
    }
    secret.ifPresent(this::checkSecret);
    jwks.ifPresent(this::checkJwksUrl);
    var key = file("JWT_PUBLIC_KEY_FILE").flatMap(this::publicKey);
    return secret
        .<Keys>map(value -> new Keys.SharedSecret(new Secret(value)))
        .or(() -> jwks.map(Keys.Jwks::new))
        .or(() -> key.map(Keys.PublicKey::new));
  }

  private void checkSecret(String secret) {
    var bytes = secret.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < LEAST_SECRET_BYTES) {
      environment.problem(
          "JWT_SECRET",
          "found %d bytes, accepted are %d or more".formatted(bytes, LEAST_SECRET_BYTES));
    }
  }

  private void checkJwksUrl(String text) {
    if (webAddress(text).isEmpty()) {
      environment.problem("JWT_JWKS_URL", otherForm(List.of(text), WEB_FORM));
    }
  }

  /** The values aren't shown: they may hold a password. */
  private static String otherForm(List<String> urls, String accepted) {
    var found =
        urls.stream().anyMatch(SettingsReader::hasUnderscore)
            ? "a host with an underscore, which can't be connected to"
            : "another form";
    return "found %s, accepted is %s".formatted(found, accepted);
  }

  /**
   * In its host: then there is none for {@link URI}, and so for the clients that are built on it.
   */
  private static boolean hasUnderscore(String url) {
    return uri(url)
        .filter(uri -> uri.getHost() == null)
        .flatMap(uri -> Optional.ofNullable(uri.getRawAuthority()))
        .filter(authority -> authority.indexOf('_', authority.lastIndexOf('@') + 1) >= 0)
        .isPresent();
  }

  private static Optional<URI> webAddress(String text) {
    return uri(text)
        .filter(uri -> uri.getHost() != null)
        .filter(uri -> Set.of("http", "https").contains(uri.getScheme()));
  }

  private Optional<KeySource.PublicKey> publicKey(Path file) {
    try {
      var pem = Files.readString(file, StandardCharsets.ISO_8859_1); // what isn't text isn't PEM
      return Optional.of(new KeySource.PublicKey(pem));
    } catch (IllegalArgumentException | IOException unusable) {
      environment.problem(
          "JWT_PUBLIC_KEY_FILE", "found '%s', %s".formatted(file, unusable.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Path> file(String name) {
    return environment.text(name).flatMap(text -> file(name, text));
  }

  private Optional<Path> file(String name, String text) {
    try {
      var path = Path.of(text);
      if (Files.isRegularFile(path) && Files.isReadable(path)) {
        return Optional.of(path);
      }
    } catch (InvalidPathException _) {
      // told below, like a file that isn't there
    }
    environment.problem(name, "found '%s', accepted is a file that can be read".formatted(text));
    return Optional.empty();
  }

  private Tokens tokens() {
    return new Tokens(
        environment.text("JWT_ISSUER"),
        environment.text("JWT_AUDIENCE"),
        environment.text("JWT_TENANT_CLAIM").orElse("tenantId"),
        environment.flag("JWT_REQUIRE_SCOPES", false));
  }

  private Logging logging() {
    return new Logging(
        environment.choice("LOG_LEVEL", Logging.Level.INFO),
        environment.choice("LOG_FORMAT", Logging.Format.JSON));
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
