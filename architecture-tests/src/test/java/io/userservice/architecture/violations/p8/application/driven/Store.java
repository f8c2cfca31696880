package io.userservice.architecture.violations.p8.application.driven;

public interface Store {
  void keep(String what);
}
