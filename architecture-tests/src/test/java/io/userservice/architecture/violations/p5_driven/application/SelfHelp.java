package io.userservice.architecture.violations.p5_driven.application;

import io.userservice.architecture.violations.p5_driven.application.driven.Need;

final class SelfHelp implements Need {
  @Override
  public void need() {}
}
