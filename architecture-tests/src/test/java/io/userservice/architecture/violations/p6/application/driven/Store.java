package io.userservice.architecture.violations.p6.application.driven;

public interface Store {
  void save();
}
