package io.userservice.adapter.nats.testserver;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A nats-server in a container. Its data are the container's, and live as long. */
final class NatsContainer implements NatsServer {
  private static final String IMAGE = "nats:2.12-alpine";
  private static final int PORT = 4222;
  private static final String CONFIGURATION = "/etc/user-service.conf";
  private static final String DATA = "/data";

  private final Setup setup;
  private final OnePort container;

  private NatsContainer(Setup setup) {
    this.setup = setup;
    this.container = new OnePort(setup);
  }

  static Optional<NatsServer> start(Setup setup, List<String> reasons) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      reasons.add("no Docker engine answers");
      return Optional.empty();
    }
    var started = new NatsContainer(setup);
    try {
      started.container.start();
      return Optional.of(started);
    } catch (RuntimeException failure) { // the library has no common type for what Docker can't do
      reasons.add("Docker can't start " + IMAGE + ": " + failure.getMessage());
      started.stop();
      return Optional.empty();
    }
  }

  /** Bound to a port of this machine that stays the same over restarts. */
  private static final class OnePort extends GenericContainer<OnePort> {
    OnePort(Setup setup) {
      super(DockerImageName.parse(IMAGE));
      addFixedExposedPort(setup.port(), PORT);
      withCopyToContainer(
          Transferable.of(setup.configuration("0.0.0.0", PORT, DATA)), CONFIGURATION);
      setup
          .files()
          .forEach((name, text) -> withCopyToContainer(Transferable.of(text), DATA + "/" + name));
      withCommand("-c", CONFIGURATION);
      withStartupTimeout(Duration.ofMinutes(1));
    }
  }

  @Override
  public String url() {
    return "nats://127.0.0.1:" + setup.port();
  }

  @Override
  public String origin() {
    return "NATS: container of " + IMAGE;
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void pause() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void restart() throws IOException {
    container.getDockerClient().restartContainerCmd(container.getContainerId()).exec();
    Greeting.await(url(), () -> true);
  }
}
