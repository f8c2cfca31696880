package io.userservice.architecture.violations.h3_chance.adapter;

import java.util.concurrent.ThreadLocalRandom;

final class Dice {
  int roll() {
    return ThreadLocalRandom.current().nextInt(6);
  }
}
