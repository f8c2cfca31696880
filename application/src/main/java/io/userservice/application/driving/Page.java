package io.userservice.application.driving;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Some of many items.
 *
 * @param next where the following page begins; empty at the end
 */
public record Page<T, N>(List<T> items, Optional<N> next) {
  public Page {
    items = List.copyOf(items);
    requireNonNull(next);
  }
}
