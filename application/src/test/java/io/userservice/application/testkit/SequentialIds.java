package io.userservice.application.testkit;

import io.userservice.application.driven.Identifiers;
import io.userservice.application.driving.EventId;
import io.userservice.domain.user.UserId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Identities that count up: well-formed UUIDv7s whose time is a counter, alike in every run. */
public final class SequentialIds implements Identifiers {
  private final AtomicLong next = new AtomicLong(1);

  @Override
  public UserId nextUserId() {
    return new UserId(next());
  }

  @Override
  public EventId nextEventId() {
    return new EventId(next());
  }

  private UUID next() {
    return new UUID(next.getAndIncrement() << 16 | 0x7000L, 0x8000_0000_0000_0000L);
  }
}
