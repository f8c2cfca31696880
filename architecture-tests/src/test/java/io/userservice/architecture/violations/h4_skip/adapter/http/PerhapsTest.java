package io.userservice.architecture.violations.h4_skip.adapter.http;

import net.jqwik.api.Assume;
import net.jqwik.api.Disabled;

/** The other library has its own words for it. */
final class PerhapsTest {
  void perhaps() {
    Assume.that(false);
  }

  @Disabled("some day")
  void never() {}
}
