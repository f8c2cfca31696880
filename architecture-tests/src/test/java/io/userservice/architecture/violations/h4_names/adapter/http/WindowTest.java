package io.userservice.architecture.violations.h4_names.adapter.http;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Nobody starts these: one is private, two are in classes that are static. */
final class WindowTest {
  @Test
  private void it_can_be_cleaned() {}

  static final class OpenedTest {
    @Test
    void it_lets_air_in() {}
  }

  @Nested
  static final class ShutTest {
    @Test
    void it_keeps_warm() {}
  }
}
