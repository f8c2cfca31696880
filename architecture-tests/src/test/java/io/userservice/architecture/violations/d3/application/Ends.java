package io.userservice.architecture.violations.d3.application;

import java.io.IOException;

final class Ends {
  void exit() {
    System.exit(1);
  }

  int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  Process start(ProcessBuilder program) throws IOException {
    return program.start();
  }

  boolean isFlagged() {
    return Boolean.getBoolean("flag");
  }
}
