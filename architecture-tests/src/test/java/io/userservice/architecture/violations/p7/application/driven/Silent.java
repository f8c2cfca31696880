package io.userservice.architecture.violations.p7.application.driven;

/** Promises nothing, and so nothing of it is tested. */
public interface Silent {
  void keep(String what);
}
