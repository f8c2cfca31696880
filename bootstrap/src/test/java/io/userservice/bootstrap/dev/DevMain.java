package io.userservice.bootstrap.dev;

import java.util.concurrent.CountDownLatch;

/** Placeholder of the development run: what plain {@code mvn} starts. */
final class DevMain {

  private DevMain() {}

  static void main(String[] args) throws InterruptedException {
    // Ctrl-C reaches this JVM too; whoever ends Maven alone must not leave it behind.
    ProcessHandle.current()
        .parent()
        .ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(143)));
    IO.println("There is no service yet. Ctrl-C ends this.");
    new CountDownLatch(1).await();
  }
}
