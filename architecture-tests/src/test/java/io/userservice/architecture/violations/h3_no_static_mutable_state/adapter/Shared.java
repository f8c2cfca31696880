package io.userservice.architecture.violations.h3_no_static_mutable_state.adapter;

final class Shared {
  static int count;
}
