package io.userservice.architecture.violations.u3.application;

/** Holds another use case as its class, not as its port. */
record Asks(Answers other) {
  void on() {
    other.ask();
  }

  Runnable later() {
    return other::ask;
  }

  static Asks made() {
    return new Asks(new Answers());
  }
}
