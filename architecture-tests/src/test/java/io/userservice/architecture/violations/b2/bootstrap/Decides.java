package io.userservice.architecture.violations.b2.bootstrap;

import io.userservice.architecture.violations.b2.domain.user.Changes;

record Decides(Changes changes) {
  boolean decide() {
    return changes.matter();
  }
}
