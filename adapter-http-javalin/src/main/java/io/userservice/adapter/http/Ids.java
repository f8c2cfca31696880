package io.userservice.adapter.http;

import io.userservice.domain.user.UserId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** User ids in the one form that RFC 9562 section 4 gives them. */
final class Ids {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  static Optional<UserId> parse(String text) {
    // UUID.fromString reads more than that, 1-1-1-1-1 for one.
    return FORM.matcher(text).matches()
        ? Optional.of(new UserId(UUID.fromString(text)))
        : Optional.empty();
  }
}
