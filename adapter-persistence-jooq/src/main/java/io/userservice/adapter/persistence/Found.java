package io.userservice.adapter.persistence;

import io.userservice.domain.user.User;

/** What a user's row held. */
sealed interface Found {
  record Readable(User user) implements Found {}

  /** It is there and can't be understood: the failure of those who ask for it, of nobody else. */
  record Unreadable(RuntimeException reason) implements Found {}
}
