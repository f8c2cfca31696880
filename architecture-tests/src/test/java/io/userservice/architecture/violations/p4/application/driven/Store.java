package io.userservice.architecture.violations.p4.application.driven;

public interface Store {
  void save();
}
