package io.userservice.architecture.violations.p5_driven.application.driven;

public interface Need {
  void need();
}
