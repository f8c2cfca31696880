package io.userservice.bootstrap;

import io.userservice.adapter.persistence.Persistence;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where the database is and who we are there. Prints without the password. */
record DatabaseAddress(String jdbcUrl, Optional<String> user, Optional<Secret> password) {
  static final String ACCEPTED =
      "postgres://user:password@host:port/database, postgresql://…"
          + " or jdbc:postgresql://host:port/database?user=…&password=…";

  /** Not with a user before the host: the driver takes it, password and all, for a part of it. */
  private static final Pattern JDBC = Pattern.compile("jdbc:postgresql://[^@/?]*([/?].*)?");

  /**
   * Of {@link URI} a host has no underscore; of the driver it may, and names that Compose gives
   * often do.
   */
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:(?<user>[^@]*)@)?(?<host>\\[[^]]+]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]+)?)?");

  /** The address in any of the accepted forms; empty when it is in none. */
  static Optional<DatabaseAddress> parse(String text) {
    if (JDBC.matcher(text).matches()) {
      return Optional.of(new DatabaseAddress(text, Optional.empty(), Optional.empty()))
          .filter(DatabaseAddress::isUnderstood);
    }
    return parseUri(text).filter(DatabaseAddress::isUnderstood);
  }

  private static Optional<DatabaseAddress> parseUri(String text) {
    try {
      var uri = new URI(text);
      var isPostgres = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
      return Optional.ofNullable(uri.getRawAuthority())
          .map(AUTHORITY::matcher)
          .filter(authority -> isPostgres && authority.matches() && uri.getPath().length() > 1)
          .map(authority -> of(authority, uri));
    } catch (URISyntaxException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static DatabaseAddress of(MatchResult authority, URI uri) {
    var port = Optional.ofNullable(authority.group("port")).map(digits -> ":" + digits).orElse("");
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var jdbc = "jdbc:postgresql://" + authority.group("host") + port + uri.getRawPath() + query;
    var credentials = Optional.ofNullable(authority.group("user")).map(info -> info.split(":", 2));
    return new DatabaseAddress(
        jdbc,
        credentials.map(parts -> decoded(parts[0])),
        credentials.filter(parts -> parts.length == 2).map(parts -> new Secret(decoded(parts[1]))));
  }

  /** The driver has the last word, on ports above all. */
  private boolean isUnderstood() {
    return Persistence.understands(jdbcUrl);
  }

  /** Percent-decoding alone: in user information a plus sign is a plus sign. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Host, port and database: what may be shown of a URL that may carry a password. */
  @Override
  public String toString() {
    var end = jdbcUrl.indexOf('?');
    return (end < 0 ? jdbcUrl : jdbcUrl.substring(0, end)).substring("jdbc:".length());
  }
}
