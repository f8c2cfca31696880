package io.userservice.application.driving;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which users, in which order, from where, how many.
 *
 * @param limit 1 to {@link #MAX_LIMIT} users
 * @param after goes on behind this place of an earlier page; it must be of the sort's own kind
 */
public record UserQuery(Filter filter, Sort sort, int limit, Optional<Keyset> after) {
  /** Most users of a page. */
  public static final int MAX_LIMIT = 200;

  public UserQuery {
    requireNonNull(filter);
    requireNonNull(sort);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " users, not " + limit);
    }
    if (after.filter(place -> !sort.fits(place)).isPresent()) {
      throw new IllegalArgumentException("a place of another sort order");
    }
  }

  /**
   * Conditions that must all hold.
   *
   * @param email the same mailbox ({@link EmailAddress#canonical()})
   * @param ids one of these; an empty set demands nothing
   * @param prefix what the name or the e-mail address begins with, compared by {@link
   *     io.userservice.domain.user.TextKey}, so letter case aside; taken literally
   * @param createdAfter created later than this
   * @param updatedSince changed at this time or later
   */
  public record Filter(
      Optional<EmailAddress> email,
      Set<UserId> ids,
      Optional<String> prefix,
      Optional<Instant> createdAfter,
      Optional<Instant> updatedSince,
      Deleted deleted) {
    /** All living users. */
    public static final Filter NONE =
        new Filter(
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Deleted.EXCLUDE);

    public Filter {
      requireNonNull(email);
      ids = Set.copyOf(ids);
      requireNonNull(prefix);
      requireNonNull(createdAfter);
      requireNonNull(updatedSince);
      requireNonNull(deleted);
    }
  }

  /** Whether deleted users are meant. */
  public enum Deleted {
    EXCLUDE,
    INCLUDE,
    ONLY
  }

  /**
   * The order. Ties are broken by the id, in the same direction. Texts are compared by {@link
   * EmailAddress#canonical()} and {@link io.userservice.domain.user.UserName#key()}, code point by
   * code point.
   */
  public enum Sort {
    CREATED_AT,
    CREATED_AT_DESCENDING,
    UPDATED_AT,
    UPDATED_AT_DESCENDING,
    EMAIL,
    NAME;

    public boolean descending() {
      return this == CREATED_AT_DESCENDING || this == UPDATED_AT_DESCENDING;
    }

    /** The place of a user in this order. */
    public Keyset placeOf(User user) {
      var id = user.key().id();
      return switch (this) {
        case CREATED_AT, CREATED_AT_DESCENDING -> new Keyset.AtTime(user.createdAt(), id);
        case UPDATED_AT, UPDATED_AT_DESCENDING -> new Keyset.AtTime(user.updatedAt(), id);
        case EMAIL -> new Keyset.AtText(user.profile().email().canonical(), id);
        case NAME -> new Keyset.AtText(user.profile().name().key(), id);
      };
    }

    boolean fits(Keyset place) {
      return switch (this) {
        case CREATED_AT, CREATED_AT_DESCENDING, UPDATED_AT, UPDATED_AT_DESCENDING ->
            place instanceof Keyset.AtTime;
        case EMAIL, NAME -> place instanceof Keyset.AtText;
      };
    }
  }

  /** A place in an order: the value that is sorted by, and the id that breaks ties. */
  public sealed interface Keyset {
    UserId id();

    /** A place among times, in whole milliseconds. */
    record AtTime(Instant at, UserId id) implements Keyset {
      public AtTime {
        requireNonNull(at);
        requireNonNull(id);
      }
    }

    /** A place among texts. */
    record AtText(String text, UserId id) implements Keyset {
      public AtText {
        requireNonNull(text);
        requireNonNull(id);
      }
    }
  }
}
