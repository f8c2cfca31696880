/** Values, states, diffs and events of users. Depends on {@code java.base} alone, by design. */
module io.userservice.domain {
  exports io.userservice.domain.json;
  exports io.userservice.domain.user;
  exports io.userservice.domain.validation;
}
