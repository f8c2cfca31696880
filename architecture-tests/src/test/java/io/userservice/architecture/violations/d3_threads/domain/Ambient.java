package io.userservice.architecture.violations.d3_threads.domain;

final class Ambient {
  final ThreadLocal<String> tenant = new ThreadLocal<>();
}
