package io.userservice.bootstrap;

import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.adapter.persistence.testserver.PostgresServer;
import io.userservice.adapter.persistence.testserver.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A database and a NATS server of a test's own, and the environment of a service on them. */
final class TestServers implements AutoCloseable {
  static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final ServerAddress database;
  private final NatsServer nats;

  private TestServers(NatsServer nats) {
    this.database = PostgresServer.newDatabase();
    this.nats = nats;
  }

  /** With a NATS server that may be stopped and killed. */
  static TestServers ofOurOwn(Path folder) throws IOException {
    return new TestServers(NatsServer.ofOurOwn(Setup.in(folder)));
  }

  /** With the NATS server that tests are given, which others may use too. */
  static TestServers given(Path folder) throws IOException {
    return new TestServers(NatsServer.forTests(folder));
  }

  NatsServer nats() {
    return nats;
  }

  /** All that a service needs to know to run on these servers, on a free port. */
  Map<String, String> environment() {
    return Map.of(
        "HOST",
        "127.0.0.1",
        "PORT",
        "0",
        "DATABASE_URL",
        database.url(),
        "NATS_URL",
        nats.url(),
        "JWT_SECRET",
        SECRET);
  }

  Map<String, String> environment(String name, String value) {
    var environment = new HashMap<>(environment());
    environment.put(name, value);
    return environment;
  }

  @Override
  public void close() {
    nats.close();
    PostgresServer.drop(database);
  }
}
