package io.userservice.architecture.violations.p3_no_dual_write.application.driven;

public interface UserStore {
  void save();
}
