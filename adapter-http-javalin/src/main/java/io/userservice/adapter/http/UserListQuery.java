package io.userservice.adapter.http;

import static io.userservice.adapter.http.QueryParameters.violation;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Deleted;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import io.userservice.domain.validation.Validated.Invalid;
import io.userservice.domain.validation.Validated.Valid;
import io.userservice.domain.validation.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The query string of a list of users as a typed query; all that is wrong with it at once. */
final class UserListQuery {
  private static final Set<String> ACCEPTED =
      Set.of(
          "limit", "cursor", "email", "id", "q", "createdAfter", "updatedSince", "deleted", "sort");
  private static final Map<String, Sort> SORTS =
      inOrder(
          Map.of(
              "createdAt", Sort.CREATED_AT,
              "-createdAt", Sort.CREATED_AT_DESCENDING,
              "updatedAt", Sort.UPDATED_AT,
              "-updatedAt", Sort.UPDATED_AT_DESCENDING,
              "email", Sort.EMAIL,
              "name", Sort.NAME));
  private static final Map<String, Deleted> DELETED =
      inOrder(
          Map.of(
              "exclude", Deleted.EXCLUDE,
              "include", Deleted.INCLUDE,
              "only", Deleted.ONLY));

  private static final int MAX_IDS = 200;
  private static final int MAX_PREFIX_LENGTH = 200;

  /** Times that every part of the service can express. */
  private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  private final QueryParameters parameters;
  private final List<Violation> found = new ArrayList<>();

  private UserListQuery(QueryParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * @throws Problem.Raised 400 with all violations
   */
  static UserQuery of(QueryParameters parameters, TenantId tenant, CursorCodec cursors) {
    return new UserListQuery(parameters).query(tenant, cursors);
  }

  private UserQuery query(TenantId tenant, CursorCodec cursors) {
    var filter =
        new Filter(
            email(),
            ids(),
            prefix(),
            // Users' times are whole milliseconds: later than t is later than t rounded down, ...
            instant("createdAfter").map(t -> t.truncatedTo(ChronoUnit.MILLIS)),
            // ... and not before t is not before t rounded up.
            instant("updatedSince").map(UserListQuery::roundedUp),
            choice("deleted", DELETED, Deleted.EXCLUDE));
    var sort = choice("sort", SORTS, Sort.CREATED_AT);
    var after = after(tenant, filter, sort, cursors);
    var limit = Limits.of(parameters, found);
    parameters.check(ACCEPTED, Set.of("id"), found);
    if (!found.isEmpty()) {
      throw Problem.invalid(found).raised();
    }
    return new UserQuery(filter, sort, limit, after);
  }

  private Optional<Keyset> after(TenantId tenant, Filter filter, Sort sort, CursorCodec cursors) {
    var cursor = parameters.first("cursor");
    var place = cursor.flatMap(text -> cursors.list(tenant, filter, sort, text));
    // With a mistake in filter or sort the cursor can't fit, and needn't be told of.
    if (cursor.isPresent() && place.isEmpty() && found.isEmpty()) {
      found.add(
          violation(
              "cursor",
              "invalid_cursor",
              "not a cursor of this list with this filter and sort; go on with a nextCursor and"
                  + " otherwise the same parameters"));
    }
    return place;
  }

  private Optional<EmailAddress> email() {
    return parameters
        .first("email")
        .flatMap(
            text ->
                switch (EmailAddress.parse(text)) {
                  case Valid<EmailAddress>(var email) -> Optional.of(email);
                  case Invalid<EmailAddress>(var violations) -> {
                    violations.stream().map(UserListQuery::withPlusSign).forEach(found::add);
                    yield Optional.empty();
                  }
                });
  }

  /** In a query string a + is a space. */
  private static Violation withPlusSign(Violation violation) {
    return new Violation(
        violation.pointer(), violation.code(), violation.detail() + " (a + is sent as %2B)");
  }

  private Set<UserId> ids() {
    var texts = parameters.all("id");
    if (texts.size() > MAX_IDS) {
      found.add(violation("id", "too_many", "at most %d are accepted".formatted(MAX_IDS)));
      return Set.of();
    }
    var ids = new HashSet<UserId>();
    for (var i = 0; i < texts.size(); i++) {
      var place = i + 1;
      Ids.parse(texts.get(i)).ifPresentOrElse(ids::add, () -> found.add(noUuid(place)));
    }
    return ids;
  }

  private static Violation noUuid(int place) {
    return violation(
        "id",
        "not_a_uuid",
        "the one in place %d isn't a UUID; accepted are 8-4-4-4-12 hexadecimal digits"
            .formatted(place));
  }

  private Optional<String> prefix() {
    var text = parameters.first("q");
    if (text.filter(UserListQuery::isPrefix).isEmpty() && text.isPresent()) {
      found.add(
          violation(
              "q",
              "invalid_prefix",
              "accepted are 1 to %d characters, no control characters"
                  .formatted(MAX_PREFIX_LENGTH)));
    }
    return text.filter(UserListQuery::isPrefix);
  }

  private static boolean isPrefix(String text) {
    var length = text.codePointCount(0, text.length());
    return length >= 1
        && length <= MAX_PREFIX_LENGTH
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  private Optional<Instant> instant(String name) {
    return parameters.first(name).flatMap(text -> instant(name, text));
  }

  private Optional<Instant> instant(String name, String text) {
    try {
      var instant = Instant.parse(text);
      if (!instant.isBefore(FIRST_TIME) && !instant.isAfter(LAST_TIME)) {
        return Optional.of(instant);
      }
    } catch (DateTimeException _) {
      // told below, like a time out of range
    }
    found.add(
        violation(
            name,
            "not_an_instant",
            "accepted is ISO 8601 with a time zone, in the years 1 to 9999,"
                + " e.g. 2026-01-31T12:00:00.000Z (a + is sent as %2B)"));
    return Optional.empty();
  }

  private static Instant roundedUp(Instant instant) {
    var down = instant.truncatedTo(ChronoUnit.MILLIS);
    return down.equals(instant) ? down : down.plusMillis(1);
  }

  /** As they are told to whoever takes another one. */
  private static <T> Map<String, T> inOrder(Map<String, T> choices) {
    return Collections.unmodifiableMap(new TreeMap<>(choices));
  }

  private <T> T choice(String name, Map<String, T> choices, T otherwise) {
    var text = parameters.first(name);
    if (text.isPresent() && !choices.containsKey(text.get())) {
      found.add(
          violation(name, "not_a_choice", "accepted are " + String.join(", ", choices.keySet())));
    }
    return text.map(choices::get).orElse(otherwise);
  }
}
