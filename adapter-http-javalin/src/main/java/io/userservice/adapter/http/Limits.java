package io.userservice.adapter.http;

import static io.userservice.adapter.http.QueryParameters.violation;

import io.userservice.application.driving.UserQuery;
import io.userservice.domain.validation.Violation;
import java.util.List;
import java.util.regex.Pattern;

/** The query parameter {@code limit}: how many items a page has at most. */
final class Limits {
  private static final int DEFAULT = 50;
  private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

  private Limits() {}

  static int of(QueryParameters parameters, List<Violation> found) {
    var text = parameters.first("limit").orElse(Integer.toString(DEFAULT));
    var limit = INTEGER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit >= 1 && limit <= UserQuery.MAX_LIMIT) {
      return limit;
    }
    found.add(
        violation(
            "limit",
            "out_of_range",
            "accepted is an integer from 1 to %d".formatted(UserQuery.MAX_LIMIT)));
    return DEFAULT;
  }
}
