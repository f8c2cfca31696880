package io.userservice.architecture.violations.d2_fields.domain;

final class Mutable {
  int count;
}
