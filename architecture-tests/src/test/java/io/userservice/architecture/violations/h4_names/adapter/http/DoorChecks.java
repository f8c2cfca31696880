package io.userservice.architecture.violations.h4_names.adapter.http;

import org.junit.jupiter.api.Test;

/** Nobody starts it, for its name. */
final class DoorChecks {
  @Test
  void a_door_opens() {}
}
