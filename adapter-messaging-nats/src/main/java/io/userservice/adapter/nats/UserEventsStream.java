package io.userservice.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.userservice.adapter.nats.NatsMessaging.Difference;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The stream of events: created when it isn't there, and never changed when it is. */
final class UserEventsStream {
  static final String NAME = "USER_EVENTS";
  private static final String SUBJECTS = "user.*";
  private static final long MAX_MESSAGES = 1_000_000;
  private static final Duration MAX_AGE = Duration.ofDays(7);
  private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);
  private static final int NOT_FOUND = 10059;
  private static final int NAME_IN_USE = 10058;

  private final StreamConfiguration wanted;

  UserEventsStream(int replicas) {
    this.wanted =
        StreamConfiguration.builder()
            .name(NAME)
            .subjects(SUBJECTS)
            .retentionPolicy(RetentionPolicy.Limits)
            .maxAge(MAX_AGE)
            .maxMessages(MAX_MESSAGES)
            .storageType(StorageType.File)
            .discardPolicy(DiscardPolicy.Old)
            .duplicateWindow(DUPLICATE_WINDOW)
            .replicas(replicas)
            .build();
  }

  /**
   * The stream as it is now.
   *
   * @param created whether it was absent
   * @param drift what an operator has made different from what we would have created
   */
  record Found(boolean created, List<Difference> drift) {}

  /** Sees to it that there is a stream. */
  Found ensure(JetStreamManagement management) throws IOException, JetStreamApiException {
    var present = find(management);
    if (present.isPresent()) {
      return new Found(false, drift(present.get()));
    }
    try {
      return new Found(true, drift(management.addStream(wanted).getConfiguration()));
    } catch (JetStreamApiException refused) {
      if (refused.getApiErrorCode() != NAME_IN_USE) {
        throw refused;
      }
      // Another instance was faster, with other replicas than ours.
      return new Found(false, drift(management.getStreamInfo(NAME).getConfiguration()));
    }
  }

  private static Optional<StreamConfiguration> find(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getStreamInfo(NAME).getConfiguration());
    } catch (JetStreamApiException refused) {
      if (refused.getApiErrorCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private List<Difference> drift(StreamConfiguration found) {
    var drift = new ArrayList<Difference>();
    compare(drift, found, "subjects", StreamConfiguration::getSubjects);
    compare(drift, found, "retention", StreamConfiguration::getRetentionPolicy);
    compare(drift, found, "max_age", StreamConfiguration::getMaxAge);
    compare(drift, found, "max_msgs", StreamConfiguration::getMaxMsgs);
    compare(drift, found, "max_bytes", StreamConfiguration::getMaxBytes);
    compare(drift, found, "max_msg_size", StreamConfiguration::getMaximumMessageSize);
    compare(drift, found, "max_msgs_per_subject", StreamConfiguration::getMaxMsgsPerSubject);
    compare(drift, found, "storage", StreamConfiguration::getStorageType);
    compare(drift, found, "discard", StreamConfiguration::getDiscardPolicy);
    compare(drift, found, "num_replicas", StreamConfiguration::getReplicas);
    compare(drift, found, "duplicate_window", StreamConfiguration::getDuplicateWindow);
    compare(drift, found, "no_ack", StreamConfiguration::getNoAck);
    compare(drift, found, "sealed", StreamConfiguration::getSealed);
    return List.copyOf(drift);
  }

  private void compare(
      List<Difference> drift,
      StreamConfiguration found,
      String setting,
      Function<StreamConfiguration, Object> of) {
    var expected = of.apply(wanted).toString();
    var actual = of.apply(found).toString();
    if (!expected.equals(actual)) {
      drift.add(new Difference(setting, expected, actual));
    }
  }
}
