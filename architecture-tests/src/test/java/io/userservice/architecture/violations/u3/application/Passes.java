package io.userservice.architecture.violations.u3.application;

import io.userservice.architecture.violations.u3.application.driving.Ask;

record Passes(Ask other) {
  void on() {
    other.ask();
  }
}
