package io.userservice.architecture.violations.p5_driving.adapter;

import io.userservice.architecture.violations.p5_driving.application.driving.Ask;

final class Answers implements Ask {
  @Override
  public void ask() {}
}
