package io.userservice.architecture.violations.u3.application;

import io.userservice.architecture.violations.u3.application.driving.Ask;

final class Answers implements Ask {
  @Override
  public void ask() {
    again();
  }

  private void again() {}
}
