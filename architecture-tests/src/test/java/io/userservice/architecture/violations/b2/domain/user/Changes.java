package io.userservice.architecture.violations.b2.domain.user;

public record Changes() {
  public boolean matter() {
    return true;
  }
}
