package io.userservice.architecture.violations.p3_reserved.application.driven;

public interface EventPublisher {
  void publish();
}
