package io.userservice.bootstrap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Clients that create, change, delete and restore users for as long as it is open, through whatever
 * happens to the service; a client whose request fails goes on with another.
 */
final class Load implements AutoCloseable {
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile boolean closing;

  /**
   * @param port where the service is to be found at the moment
   */
  Load(int count, IntSupplier port) {
    for (var i = 0; i < count; i++) {
      var tenant = "tenant" + i % 2;
      clients.add(Thread.startVirtualThread(() -> run(tenant, port)));
    }
  }

  /** How many changes were answered as done. */
  int answered() {
    return answered.get();
  }

  private void run(String tenant, IntSupplier port) {
    while (!closing) {
      try (var api = new Api(port.getAsInt(), tenant)) {
        while (!closing) {
          live(api);
        }
      } catch (IOException _) {
        Thread.onSpinWait(); // the service is down: on to the next one
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** A user's life of a few changes. */
  private void live(Api api) throws IOException, InterruptedException {
    var number = numbers.incrementAndGet();
    var path = "/users/" + api.create("user" + number + "@example.org");
    answered.incrementAndGet();
    for (var i = 0; i < 4 && !closing; i++) {
      change(api.patch(path, "{\"attributes\":{\"n\":" + i + "}}").statusCode());
    }
    if (number % 3 == 0) {
      change(api.delete(path).statusCode());
      change(api.post(path + "/restore", "").statusCode());
    }
  }

  private void change(int status) throws IOException {
    if (status >= 300) {
      throw new IOException("status " + status);
    }
    answered.incrementAndGet();
  }

  /** Ends the clients, each after its request. */
  @Override
  public void close() {
    closing = true;
    for (var client : clients) {
      try {
        client.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
