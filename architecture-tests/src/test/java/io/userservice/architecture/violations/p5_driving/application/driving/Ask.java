package io.userservice.architecture.violations.p5_driving.application.driving;

public interface Ask {
  void ask();
}
