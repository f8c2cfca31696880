package io.userservice.architecture.violations.p7.application.driven;

import org.junit.jupiter.api.Test;

abstract class StoreBasics {
  @Test
  void what_was_kept_is_found() {}
}
