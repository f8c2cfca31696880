package io.userservice.adapter.http;

/** The header {@code Link} (RFC 8288). */
final class Links {
  private Links() {}

  /** The way to the next page: the same query with another cursor. */
  static String next(String path, QueryParameters query, String parameter, String cursor) {
    return "<" + path + "?" + query.with(parameter, cursor) + ">; rel=\"next\"";
  }
}
