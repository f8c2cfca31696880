package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.slf4j.Logger;

/** A service that is well in the end, and has nothing to say, whatever clients did to it. */
final class Unmoved implements AutoCloseable {
  private final Api api = Api.start();
  private final LoggedLines logged = new LoggedLines(Logger.ROOT_LOGGER_NAME);

  Api api() {
    return api;
  }

  Wire wire() throws IOException {
    return new Wire(api.port());
  }

  @Override
  public void close() {
    assertThat(api.get("/users").status()).isEqualTo(200);
    api.close();
    logged.close();
    assertThat(logged.texts()).as("what clients do is no matter for the log").isEmpty();
  }
}
