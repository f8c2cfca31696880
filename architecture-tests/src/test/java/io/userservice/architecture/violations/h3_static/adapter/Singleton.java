package io.userservice.architecture.violations.h3_static.adapter;

/** An enum's constants are there for all. */
enum Singleton {
  ONE;

  private int count;

  int next() {
    return ++count;
  }
}
