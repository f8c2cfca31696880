package io.userservice.application.testkit;

import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.application.driving.UserQuery.Keyset.AtText;
import io.userservice.application.driving.UserQuery.Keyset.AtTime;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.TextKey;
import io.userservice.domain.user.User;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** Finds users by looking at all of them. */
final class InMemoryUserDirectory implements UserDirectory {
  /** As PostgreSQL's collation C: by code point, where Java's own order is by UTF-16 unit. */
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  /** As PostgreSQL compares a uuid: unsigned, where Java's own order is signed. */
  private static final Comparator<Keyset> BY_ID =
      Comparator.comparing(place -> place.id().toString());

  private final InMemoryState state;

  InMemoryUserDirectory(InMemoryState state) {
    this.state = state;
  }

  @Override
  public Page<User, Keyset> list(TenantId tenant, UserQuery query) {
    var sort = query.sort();
    var order = orderOf(sort);
    var found =
        state.locked(
            () ->
                state.users.values().stream()
                    .filter(user -> user.key().tenant().equals(tenant))
                    .filter(user -> matches(user, query.filter()))
                    .filter(user -> isBehind(sort.placeOf(user), query.after(), order))
                    .sorted(Comparator.comparing(sort::placeOf, order))
                    .limit(query.limit() + 1L)
                    .toList());
    if (found.size() <= query.limit()) {
      return new Page<>(found, Optional.empty());
    }
    var page = found.subList(0, query.limit());
    return new Page<>(page, Optional.of(sort.placeOf(page.getLast())));
  }

  private static boolean isBehind(Keyset place, Optional<Keyset> after, Comparator<Keyset> order) {
    return after.map(start -> order.compare(place, start) > 0).orElse(true);
  }

  private static Comparator<Keyset> orderOf(Sort sort) {
    Comparator<Keyset> ascending = InMemoryUserDirectory::compareValues;
    ascending = ascending.thenComparing(BY_ID);
    return sort.descending() ? ascending.reversed() : ascending;
  }

  private static int compareValues(Keyset a, Keyset b) {
    return switch (a) {
      case AtTime(var at, _) when b instanceof AtTime(var other, _) -> at.compareTo(other);
      case AtText(var text, _) when b instanceof AtText(var other, _) ->
          BY_CODE_POINT.compare(text, other);
      case AtTime _, AtText _ -> throw new IllegalArgumentException("places of two sort orders");
    };
  }

  private static boolean matches(User user, Filter filter) {
    var profile = user.profile();
    return isMeant(user, filter)
        && filter
            .email()
            .map(email -> email.canonical().equals(profile.email().canonical()))
            .orElse(true)
        && (filter.ids().isEmpty() || filter.ids().contains(user.key().id()))
        && filter.prefix().map(prefix -> begins(user, prefix)).orElse(true)
        && filter.createdAfter().map(user.createdAt()::isAfter).orElse(true)
        && filter.updatedSince().map(since -> !user.updatedAt().isBefore(since)).orElse(true);
  }

  private static boolean begins(User user, String prefix) {
    var key = TextKey.of(prefix);
    return user.profile().name().key().startsWith(key)
        || user.profile().email().canonical().startsWith(key);
  }

  private static boolean isMeant(User user, Filter filter) {
    return switch (filter.deleted()) {
      case INCLUDE -> true;
      case EXCLUDE -> user instanceof ActiveUser;
      case ONLY -> user instanceof DeletedUser;
    };
  }
}
