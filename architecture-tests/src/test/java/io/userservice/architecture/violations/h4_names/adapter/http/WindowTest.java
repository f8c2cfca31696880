package io.userservice.architecture.violations.h4_names.adapter.http;

import org.junit.jupiter.api.Test;

/** Nobody starts these: one is private, one in a class that is static. */
final class WindowTest {
  @Test
  private void it_can_be_cleaned() {}

  static final class OpenedTest {
    @Test
    void it_lets_air_in() {}
  }
}
