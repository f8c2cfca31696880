package io.userservice.bootstrap;

import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;

/**
 * The stream as an operator may have made it: it tells duplicates for a tenth of a second only, so
 * that it is on us not to send any.
 */
final class ForgetfulStream {
  private ForgetfulStream() {}

  static void create(String natsUrl) throws IOException {
    create(natsUrl, 1);
  }

  static void create(String natsUrl, int replicas) throws IOException {
    try {
      var connection = Nats.connect(natsUrl);
      connection
          .jetStreamManagement()
          .addStream(
              StreamConfiguration.builder()
                  .name("USER_EVENTS")
                  .subjects("user.*")
                  .storageType(StorageType.File)
                  .duplicateWindow(Duration.ofMillis(100))
                  .replicas(replicas)
                  .build());
      connection.close();
    } catch (InterruptedException | JetStreamApiException failure) {
      throw new IOException(failure);
    }
  }
}
