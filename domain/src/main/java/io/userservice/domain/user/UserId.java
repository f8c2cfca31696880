package io.userservice.domain.user;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** The identity of a user, a UUIDv7 (RFC 9562 section 5.7), unique over all tenants. */
public record UserId(UUID value) {
  public UserId {
    requireNonNull(value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
