package io.userservice.bootstrap;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Clients that create, change, delete and restore users for as long as it is open, through whatever
 * happens to the service; a client whose request fails goes on with another.
 */
final class Load implements AutoCloseable {
  private static final AtomicInteger LOADS = new AtomicInteger();

  private final int load = LOADS.incrementAndGet();
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Queue<Duration> times = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);

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
    while (!isClosed()) {
      try (var api = new Api(port.getAsInt(), tenant)) {
        while (!isClosed()) {
          live(api);
        }
      } catch (IOException _) {
        breathe(); // the service is down: on to the next one, which has to start first
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Clients that ask at once and again take the processors from a service that starts. */
  private void breathe() {
    try {
      var _ = closed.await(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A user's life of a few changes. */
  private void live(Api api) throws IOException, InterruptedException {
    var number = numbers.incrementAndGet();
    var email = "user%d@load%d.example.org".formatted(number, load); // nobody's before
    var user = timed(() -> api.create(email));
    var path = "/users/" + user;
    var version = 1L;
    changes.add(new Change(user, version));
    for (var i = 0; i < 4 && !isClosed(); i++) {
      var patch = "{\"attributes\":{\"n\":" + i + "}}";
      timed(() -> done(api.patch(path, patch)));
      changes.add(new Change(user, ++version));
    }
    if (number % 3 == 0) {
      timed(() -> done(api.delete(path)));
      changes.add(new Change(user, ++version));
      timed(() -> done(api.post(path + "/restore", "")));
      changes.add(new Change(user, ++version));
    }
  }

  /** What a client asks for. */
  private interface Request<T> {
    T make() throws IOException, InterruptedException;
  }

  private <T> T timed(Request<T> request) throws IOException, InterruptedException {
    var begin = System.nanoTime();
    var made = request.make();
    times.add(Duration.ofNanos(System.nanoTime() - begin));
    answered.incrementAndGet();
    return made;
  }

  private static int done(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() >= 300) {
      throw new IOException("status " + answer.statusCode());
    }
    return answer.statusCode();
  }

  /** The median time of the answers that came since this was last asked. */
  Duration medianTime() {
    var sorted = new ArrayList<Duration>();
    for (var time = times.poll(); time != null; time = times.poll()) {
      sorted.add(time);
    }
    sorted.sort(Comparator.naturalOrder());
    return sorted.get(sorted.size() / 2);
  }

  /** Ends the clients, each after its request; gives all changes that were answered as done. */
  Collection<Change> end() throws InterruptedException {
    closed.countDown();
    for (var client : clients) {
      client.join();
    }
    return List.copyOf(changes);
  }

  @Override
  public void close() {
    try {
      end();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
