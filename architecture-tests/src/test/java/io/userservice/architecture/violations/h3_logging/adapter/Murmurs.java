package io.userservice.architecture.violations.h3_logging.adapter;

import java.util.logging.Logger;

final class Murmurs {
  void log() {
    System.getLogger("adapter").log(System.Logger.Level.INFO, "murmured");
  }

  void logOldWay() {
    Logger.getLogger("adapter").info("murmured");
  }

  void print(Exception fault) {
    fault.printStackTrace();
  }

  void dump() {
    Thread.dumpStack();
  }
}
