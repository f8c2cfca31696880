package io.userservice.application.example;

import io.userservice.application.driven.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import org.h2.jdbcx.JdbcConnectionPool;

/** A database in a folder: an engine that has nothing to do with PostgreSQL. */
final class H2Database implements AutoCloseable {
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
      create table if not exists keys (
        tenant varchar, name varchar, fingerprint varchar not null, user_id uuid not null,
        email varchar not null, user_name varchar not null, attributes varchar not null,
        created_at timestamp(9) with time zone not null,
        expires_at timestamp(9) with time zone not null, primary key (tenant, name));
      """;

  private final Path folder;
  private JdbcConnectionPool pool;

  H2Database() {
    try {
      folder = Files.createTempDirectory("h2");
      pool = open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JdbcConnectionPool open() {
    // Left alone H2 writes a commit half a second later: the contract's restart found that out.
    var options = "WRITE_DELAY=0;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1";
    pool = JdbcConnectionPool.create("jdbc:h2:file:%s/users;%s".formatted(folder, options), "", "");
    pool.setMaxConnections(40);
    run(connection -> connection.createStatement().execute(SCHEMA));
    return pool;
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

  /** As a crash does: what isn't on disk is gone. */
  void crash() {
    run(connection -> connection.createStatement().execute("shutdown immediately"));
    pool.dispose();
    pool = open();
  }

  @Override
  public void close() {
    run(connection -> connection.createStatement().execute("shutdown"));
    pool.dispose();
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
