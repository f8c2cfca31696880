package io.userservice.bootstrap;

import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.adapter.persistence.SchemaMigration;
import io.userservice.adapter.persistence.testserver.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** Servers that keep what they are given as those of a production do, and nothing in them. */
final class Rig implements AutoCloseable {
  /**
   * Those who are there before anything is measured were made a second after each other, from here
   * on.
   */
  private static final String USERS =
      """
      insert into users (tenant_id, id, email, email_key, name, name_key, attributes, version,
                         created_at, updated_at)
      select 'acme', ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
             'user' || n || '@example.org', 'user' || n || '@example.org', 'User ' || n, 'user ' || n,
             '{}', 1, to_timestamp(1735689600 + n), to_timestamp(1735689600 + n)
      from generate_series(%d, %d) as n
      """;

  /**
   * One that has run for a while writes into the files of its log that it has no more need of; a
   * new one makes each of them first, and everybody waits for that.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "min_wal_size", "2GB",
          "max_wal_size", "4GB",
          "track_commit_timestamp", "on", // so that the moment of each commit is known
          "track_wal_io_timing", "on"); // so that it is known how long it took to be on disk

  private static final String FILL_LOG =
      "select count(pg_logical_emit_message(false, 'fill', repeat('x', 1000000))) "
          + "from generate_series(1, 2000)";

  private final Path folder;
  private final EmbeddedPostgresServer postgres;
  private final NatsServer nats;

  Rig(Path folder) throws IOException, SQLException {
    this.folder = folder;
    this.postgres = EmbeddedPostgresServer.on(folder.resolve("postgres"), SETTINGS);
    try (var connection = DriverManager.getConnection(jdbcUrl("postgres"))) {
      connection.createStatement().execute(FILL_LOG);
      connection.createStatement().execute("checkpoint");
    }
    this.nats = newNats("nats");
  }

  /** Another server, with a folder of this name; who asks for it closes it. */
  NatsServer newNats(String name) throws IOException {
    return NatsServer.forDevelopment(Setup.in(Files.createDirectories(folder.resolve(name))));
  }

  Path folder() {
    return folder;
  }

  NatsServer nats() {
    return nats;
  }

  /** A database with the service's schema and this many users. */
  Database database(String name, int users) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl("postgres"))) {
      connection.createStatement().execute("create database " + name);
    }
    var database = new Database(name, address(name), jdbcUrl(name));
    SchemaMigration.run(database.dataSource());
    database.execute(USERS.formatted(1, users));
    database.execute("vacuum analyze");
    return database;
  }

  private String address(String name) {
    var address = postgres.address();
    return "postgres://%s@%s:%d/%s".formatted(address.user(), address.host(), address.port(), name);
  }

  private String jdbcUrl(String name) {
    var address = postgres.address();
    return "jdbc:postgresql://%s:%d/%s?user=%s"
        .formatted(address.host(), address.port(), name, address.user());
  }

  int postgresPort() {
    return postgres.address().port();
  }

  /** What the servers have spent so far, and the service. */
  Cpu cpu(ProcessHandle service) throws IOException {
    return new Cpu(Cpu.of(service), Cpu.of(postmaster()), natsSeconds());
  }

  private ProcessHandle postmaster() throws IOException {
    var pid = Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
  }

  private static double natsSeconds() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("nats-server"))
        .mapToDouble(Cpu::of)
        .sum();
  }

  @Override
  public void close() {
    nats.close();
    postgres.close();
  }
}
