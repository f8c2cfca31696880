package io.userservice.bootstrap;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;

/** A stream of somebody else's, which takes all the room that the server has. */
final class Ballast implements AutoCloseable {
  /** Octets that a server has for all its streams, for a test of a minute; soon filled. */
  static final int ROOM = 64 << 20;

  private static final String NAME = "BALLAST";
  private static final int PIECE = 512 << 10;
  private static final int CRUMB = 64;

  private final Connection connection;

  Ballast(String url) throws IOException, InterruptedException {
    connection = Nats.connect(url);
  }

  /** Publishes until not even a crumb is taken. */
  void fill() throws IOException, JetStreamApiException {
    connection
        .jetStreamManagement()
        .addStream(
            StreamConfiguration.builder()
                .name(NAME)
                .subjects("ballast")
                .storageType(StorageType.File)
                .build());
    for (var size = PIECE; size >= CRUMB; size /= 2) {
      publishWhileTaken(new byte[size]);
    }
  }

  private void publishWhileTaken(byte[] message) throws IOException {
    try {
      while (true) {
        connection.jetStream().publish("ballast", message);
      }
    } catch (JetStreamApiException _) {
      return; // no room: that is what it was for
    }
  }

  void remove() throws IOException, JetStreamApiException {
    connection.jetStreamManagement().deleteStream(NAME);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
