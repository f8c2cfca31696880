package io.userservice.adapter.http;

import io.javalin.http.HandlerType;
import java.util.Optional;

/** One line of the route table: what is asked, who may ask it, who answers. */
record Route(HandlerType method, String path, Access access, Endpoint endpoint) {

  /** Answers requests; what it refuses it throws as a problem. */
  @FunctionalInterface
  interface Endpoint {
    Reply answer(Exchange exchange);
  }

  /** Who may ask. */
  enum Access {
    /** Anyone, without a token. */
    OPEN(Optional.empty()),
    /** Anyone with a token. */
    IDENTIFIED(Optional.empty()),
    /** When scopes are required: a token that may read. */
    READ(Optional.of("users:read")),
    /** When scopes are required: a token that may change. */
    WRITE(Optional.of("users:write"));

    private final Optional<String> scope;

    Access(Optional<String> scope) {
      this.scope = scope;
    }

    Optional<String> scope() {
      return scope;
    }
  }

  static Route get(String path, Access access, Endpoint endpoint) {
    return new Route(HandlerType.GET, path, access, endpoint);
  }

  static Route post(String path, Access access, Endpoint endpoint) {
    return new Route(HandlerType.POST, path, access, endpoint);
  }

  static Route patch(String path, Access access, Endpoint endpoint) {
    return new Route(HandlerType.PATCH, path, access, endpoint);
  }

  static Route delete(String path, Access access, Endpoint endpoint) {
    return new Route(HandlerType.DELETE, path, access, endpoint);
  }
}
