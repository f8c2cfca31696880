package io.userservice.adapter.persistence.testserver;

import java.net.URI;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One database on one server, and who we are there. */
public record ServerAddress(
    String host, int port, String database, String user, Optional<String> password) {

  /**
   * The address of a {@code postgres://user:password@host:port/database}, with or without jdbc:.
   */
  static ServerAddress parse(String text) {
    var uri = URI.create(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
    var credentials = Optional.ofNullable(uri.getUserInfo()).orElse("postgres").split(":", 2);
    return new ServerAddress(
        uri.getHost(),
        uri.getPort() < 0 ? 5432 : uri.getPort(),
        uri.getPath().substring(1),
        credentials[0],
        credentials.length == 2 ? Optional.of(credentials[1]) : Optional.empty());
  }

  ServerAddress withDatabase(String name) {
    return new ServerAddress(host, port, name, user, password);
  }

  ServerAddress as(String role, String itsPassword) {
    return new ServerAddress(host, port, database, role, Optional.of(itsPassword));
  }

  /** In the form of the service's own variable {@code DATABASE_URL}. */
  public String url() {
    var secret = password.map(value -> ":" + value).orElse("");
    return "postgres://%s%s@%s:%d/%s".formatted(user, secret, host, port, database);
  }

  /** Connections without a pool. */
  public DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(user);
    password.ifPresent(source::setPassword);
    return source;
  }
}
