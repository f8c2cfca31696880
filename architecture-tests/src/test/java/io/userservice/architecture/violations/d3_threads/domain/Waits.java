package io.userservice.architecture.violations.d3_threads.domain;

record Waits(ProcessBuilder program, System.Logger log, InheritableThreadLocal<String> tenant) {}
