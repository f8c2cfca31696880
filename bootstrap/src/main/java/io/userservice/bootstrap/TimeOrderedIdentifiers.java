package io.userservice.bootstrap;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.userservice.application.driven.Identifiers;
import io.userservice.application.driving.EventId;
import io.userservice.domain.user.UserId;

/** UUIDv7s of a well-kept generator, which also keeps their order within a millisecond. */
final class TimeOrderedIdentifiers implements Identifiers {
  private final TimeBasedEpochGenerator uuids = Generators.timeBasedEpochGenerator();

  @Override
  public UserId nextUserId() {
    return new UserId(uuids.generate());
  }

  @Override
  public EventId nextEventId() {
    return new EventId(uuids.generate());
  }
}
