package io.userservice.architecture.violations.b1_environment.adapter;

final class Reader {
  String home() {
    return System.getenv("HOME");
  }
}
