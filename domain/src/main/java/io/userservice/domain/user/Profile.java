package io.userservice.domain.user;

import static java.util.Objects.requireNonNull;

/** What callers may alter of a user, and hence what is compared. */
public record Profile(EmailAddress email, UserName name, Attributes attributes) {
  public Profile {
    requireNonNull(email);
    requireNonNull(name);
    requireNonNull(attributes);
  }
}
