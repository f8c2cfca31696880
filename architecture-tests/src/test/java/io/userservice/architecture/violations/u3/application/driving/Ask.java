package io.userservice.architecture.violations.u3.application.driving;

public interface Ask {
  void ask();
}
