package io.userservice.architecture.violations.p2_abstract.application.driven;

interface LazyPort {
  default void forget() {}
}
