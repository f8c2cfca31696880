package io.userservice.architecture.violations.d2_immutable.domain;

final class Mutable {
  int count;
}
