package io.userservice.adapter.persistence.testserver;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The PostgreSQL that tests run on, one per JVM: the one at {@code TEST_DATABASE_URL}, or one in a
 * container when a Docker engine answers and has or gets the image, or an embedded one. Which it
 * is, and why, is printed once.
 */
public final class PostgresServer {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String RUN = Long.toString(ProcessHandle.current().pid());

  private PostgresServer() {}

  /** Holds the server of this JVM; a holder, because starting one takes seconds. */
  private static final class Shared {
    static final ServerAddress ADDRESS = choose();
  }

  /** A new, empty database of its own for the caller. */
  public static ServerAddress newDatabase() {
    var name = "test_" + RUN + "_" + NUMBER.incrementAndGet();
    execute("create database " + name);
    return Shared.ADDRESS.withDatabase(name);
  }

  /** Drops a database, whoever is connected to it. */
  public static void drop(ServerAddress database) {
    execute("drop database if exists " + database.database() + " with (force)");
  }

  /** The same database for a new role that may log in there, and nothing else. */
  public static ServerAddress newGuest(ServerAddress database) {
    var guest = database.as(database.database() + "_guest", "guest");
    execute("create role %s login password 'guest'".formatted(guest.user()));
    return guest;
  }

  /** Drops the role, whose database was dropped. */
  public static void dropGuest(ServerAddress guest) {
    execute("drop role " + guest.user());
  }

  private static void execute(String sql) {
    try (var connection = Shared.ADDRESS.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static ServerAddress choose() {
    return Optional.ofNullable(System.getenv("TEST_DATABASE_URL"))
        .filter(url -> !url.isBlank())
        .map(url -> announce(ServerAddress.parse(url), "TEST_DATABASE_URL names it"))
        .or(
            () ->
                ContainerPostgres.start()
                    .map(address -> announce(address, "in a container, a Docker engine answers")))
        .orElseGet(
            () ->
                announce(
                    EmbeddedPostgresServer.throwaway().address(),
                    "embedded, for TEST_DATABASE_URL isn't set and no Docker engine has the"
                        + " image"));
  }

  private static ServerAddress announce(ServerAddress address, String why) {
    System.out.printf("PostgreSQL for tests at %s:%d: %s%n", address.host(), address.port(), why);
    return address;
  }
}
