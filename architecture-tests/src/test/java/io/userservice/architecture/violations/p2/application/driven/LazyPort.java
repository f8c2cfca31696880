package io.userservice.architecture.violations.p2.application.driven;

interface LazyPort {
  default void forget() {}
}
