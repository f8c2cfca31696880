package io.userservice.architecture.violations.p3_reserved.application;

import io.userservice.architecture.violations.p3_reserved.application.driven.EventPublisher;

record Shouts(EventPublisher events) {
  void shout() {
    events.publish();
  }
}
