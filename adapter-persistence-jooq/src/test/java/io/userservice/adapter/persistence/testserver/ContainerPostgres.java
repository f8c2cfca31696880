package io.userservice.adapter.persistence.testserver;

import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container, which Testcontainers ends with the JVM. */
final class ContainerPostgres {
  private static final String IMAGE = "postgres:18-alpine";

  private ContainerPostgres() {}

  /** Empty when no Docker engine answers, or it has no image and can't get it. */
  static Optional<ServerAddress> start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.empty();
    }
    // not closed here: it lives as long as the JVM
    @SuppressWarnings("resource")
    var container = new PostgreSQLContainer(IMAGE);
    try {
      container.start();
    } catch (ContainerFetchException | ContainerLaunchException e) {
      System.out.printf("No %s to be had: %s%n", IMAGE, e.getMessage());
      return Optional.empty();
    }
    return Optional.of(
        new ServerAddress(
            container.getHost(),
            container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
            container.getDatabaseName(),
            container.getUsername(),
            Optional.of(container.getPassword())));
  }
}
