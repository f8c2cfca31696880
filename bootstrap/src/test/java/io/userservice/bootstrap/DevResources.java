package io.userservice.bootstrap;

import java.util.ArrayDeque;
import java.util.Deque;

/** What the development run has started, to be closed in the opposite order however it ends. */
final class DevResources implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  DevResources() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::close));
  }

  synchronized void add(AutoCloseable resource) {
    started.push(resource);
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      close(started.pop());
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception failure) { // whatever it is, the others are still to be closed
      IO.println("could not close " + resource + ": " + failure);
    }
  }
}
