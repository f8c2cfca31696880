package io.userservice.architecture.violations.p3_apart.application;

import io.userservice.architecture.violations.p3_apart.application.driven.EventPublisher;
import io.userservice.architecture.violations.p3_apart.application.driven.UserStore;

record DualWrite(UserStore users, EventPublisher events) {
  void saveAndPublish() {
    users.save();
    events.publish();
  }
}
