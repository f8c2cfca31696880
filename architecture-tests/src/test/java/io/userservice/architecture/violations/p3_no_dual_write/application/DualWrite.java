package io.userservice.architecture.violations.p3_no_dual_write.application;

import io.userservice.architecture.violations.p3_no_dual_write.application.driven.EventPublisher;
import io.userservice.architecture.violations.p3_no_dual_write.application.driven.UserStore;

record DualWrite(UserStore users, EventPublisher events) {
  void saveAndPublish() {
    users.save();
    events.publish();
  }
}
