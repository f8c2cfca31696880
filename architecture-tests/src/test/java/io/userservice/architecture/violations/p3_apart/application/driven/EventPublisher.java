package io.userservice.architecture.violations.p3_apart.application.driven;

public interface EventPublisher {
  void publish();
}
