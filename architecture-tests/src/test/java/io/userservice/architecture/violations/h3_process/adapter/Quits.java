package io.userservice.architecture.violations.h3_process.adapter;

import java.io.IOException;
import java.util.Locale;
import java.util.TimeZone;

/** Takes the whole process for its own. */
final class Quits {
  void exit() {
    System.exit(1);
  }

  void halt() {
    Runtime.getRuntime().halt(1);
  }

  void hook(Thread last) {
    Runtime.getRuntime().addShutdownHook(last);
  }

  void start() throws IOException {
    new ProcessBuilder("true").start();
  }

  void redirect() {
    System.setErr(null);
  }

  void speak() {
    Locale.setDefault(Locale.ROOT);
  }

  void travel(TimeZone zone) {
    TimeZone.setDefault(zone);
  }

  void bury() {
    Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
  }
}
