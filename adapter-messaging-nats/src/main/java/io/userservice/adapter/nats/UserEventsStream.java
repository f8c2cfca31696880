package io.userservice.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.userservice.adapter.nats.NatsMessaging.Difference;
import io.userservice.adapter.nats.NatsMessaging.StreamReport;
import io.userservice.application.driven.EventPublisher.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

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
   * @param messageLimit most bytes of a message, 0 or less for any
   */
  record Found(boolean created, List<Difference> drift, StreamState state, int messageLimit) {

    /** Most bytes of a message, as far as server and stream limit them. */
    Optional<Integer> largestMessage(long serverLimit) {
      return LongStream.of(serverLimit, messageLimit)
          .filter(limit -> limit > 0)
          .mapToObj(Math::toIntExact)
          .min(Integer::compare);
    }
  }

  private Found found(boolean created, StreamInfo info) {
    var configuration = info.getConfiguration();
    return new Found(
        created, drift(configuration), state(info), configuration.getMaximumMessageSize());
  }

  /** An old stream keeps its time of creation over restarts; one made anew has another. */
  static StreamState state(StreamInfo info) {
    var state = info.getStreamState();
    return new StreamState(
        info.getCreateTime().toInstant().toString(),
        state.getFirstSequence(),
        state.getLastSequence(),
        Optional.of(info.getConfiguration().getMaxAge()).filter(Duration::isPositive));
  }

  /** Sees to it that there is a stream. */
  Found ensure(JetStreamManagement management) throws IOException, JetStreamApiException {
    var present = find(management);
    if (present.isPresent()) {
      return found(false, present.get());
    }
    try {
      return found(true, management.addStream(wanted));
    } catch (JetStreamApiException refused) {
      if (refused.getApiErrorCode() != NAME_IN_USE) {
        throw refused;
      }
      // Another instance was faster, with other replicas than ours.
      return found(false, management.getStreamInfo(NAME));
    }
  }

  /** What there is of it. */
  Optional<StreamReport> report(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    return find(management)
        .map(
            info ->
                new StreamReport(
                    info.getCreateTime().toInstant(),
                    info.getStreamState().getMsgCount(),
                    info.getStreamState().getByteCount(),
                    info.getStreamState().getFirstSequence(),
                    info.getStreamState().getLastSequence(),
                    info.getStreamState().getConsumerCount(),
                    drift(info.getConfiguration())));
  }

  private static Optional<StreamInfo> find(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getStreamInfo(NAME));
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
