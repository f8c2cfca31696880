package io.userservice.architecture.violations.b1_only_bootstrap_reads_the_environment.adapter;

final class Reader {
  String home() {
    return System.getenv("HOME");
  }
}
