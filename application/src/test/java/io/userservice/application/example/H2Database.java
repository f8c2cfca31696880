package io.userservice.application.example;

import io.userservice.application.driven.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/** A database in a folder: an engine that has nothing to do with PostgreSQL. */
final class H2Database {
  private static final String SCHEMA =
      """
      create table if not exists users (
        id uuid primary key, tenant varchar not null, email varchar not null, name varchar not null,
        attributes varchar not null, version bigint not null,
        created_at timestamp(9) with time zone not null,
        updated_at timestamp(9) with time zone not null,
        deleted_at timestamp(9) with time zone,
        living_email varchar, -- null for the deleted, for nulls are not equal to each other
        unique (tenant, living_email));
      create table if not exists events (
        seq bigint generated always as identity primary key, id uuid not null, type varchar not null,
        tenant varchar not null, user_id uuid not null, version bigint not null,
        at timestamp(9) with time zone not null, actor varchar, trace varchar,
        payload varchar not null, pending boolean not null, unique (user_id, version));
      -- the user as it was created, and the claim that made it: a text, as an address is
      create table if not exists keys as
        select users.*, email as claim, email as fingerprint, created_at as expires_at
        from users where false;
      create unique index if not exists keys_claim on keys (tenant, claim);
      """;

  /** Left alone H2 writes a commit half a second later: the contract's restart found that out. */
  private static final String OPTIONS = "WRITE_DELAY=0;LOCK_TIMEOUT=1000;DB_CLOSE_DELAY=-1";

  private final JdbcConnectionPool pool;

  H2Database(Path folder) {
    this("jdbc:h2:file:%s/users;%s".formatted(folder, OPTIONS));
    pool.setMaxConnections(40);
    run(connection -> execute(connection, SCHEMA));
  }

  private H2Database(String url) {
    pool = JdbcConnectionPool.create(url, "", "");
  }

  /** One whose server isn't there. */
  static H2Database outOfReach() {
    return new H2Database("jdbc:h2:tcp://127.0.0.1:1/users");
  }

  /** Something to do with a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Does it; what the engine says that isn't expected means that nobody knows what happened. */
  <T> T run(Work<T> work) {
    try (var connection = pool.getConnection()) {
      return work.with(connection);
    } catch (SQLException failure) {
      throw new StoreUnavailable(String.valueOf(failure.getMessage()), failure);
    }
  }

  /** What a row says. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What all the rows say. */
  static <T> List<T> query(Connection connection, String sql, Row<T> reader, Object... values)
      throws SQLException {
    try (var statement = bound(connection, sql, values);
        var row = statement.executeQuery()) {
      var all = new ArrayList<T>();
      while (row.next()) {
        all.add(reader.read(row));
      }
      return all;
    }
  }

  /** Whether it changed a row. */
  static boolean execute(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (var statement = bound(connection, sql, values)) {
      return statement.executeUpdate() == 1;
    }
  }

  private static PreparedStatement bound(
      Connection connection, String sql, @Nullable Object... values) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (var i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Ends it by one of H2's ways to: {@code shutdown immediately} is a crash. */
  void end(String how) {
    run(connection -> execute(connection, how));
    pool.dispose();
  }
}
