package io.userservice.architecture.violations.h3_static.adapter;

final class Shared {
  static int count;
}
