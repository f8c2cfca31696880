package io.userservice.architecture.violations.p7.application.driven;

import org.junit.jupiter.api.Test;

abstract class StoreContract extends StoreBasics {
  @Test
  void nothing_is_kept_twice() {}
}
