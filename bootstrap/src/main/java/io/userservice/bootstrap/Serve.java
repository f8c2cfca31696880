package io.userservice.bootstrap;

import io.userservice.adapter.http.HttpApi;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Serves until the process is told to end, and then ends it in an orderly way. */
final class Serve {
  private Serve() {}

  static int run(Settings settings) {
    LoggingSetup.apply(settings.logging());
    var stop = new Stop();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
    // Most of a start is loading classes: what can go side by side does.
    Thread.ofPlatform().daemon().name("prepare-http").start(HttpApi::prepare);
    try {
      var service = new Service(settings);
      stop.service = Optional.of(service);
      service.start();
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // nobody does, but if: the same end
    } catch (InvalidSettings invalid) {
      stop.status = ExitStatus.CONFIG;
      throw invalid;
    } catch (CannotListen failure) {
      stop.status = ExitStatus.UNAVAILABLE;
      throw failure;
    } catch (RuntimeException failure) {
      if (!stop.begun) { // or it is what comes of stopping amid the start
        stop.status = ExitStatus.SOFTWARE;
        throw failure;
      }
    }
    return ExitStatus.OK;
  }

  /**
   * What a SIGTERM sets off. Left alone the JVM would report it as a failure, status 143. Where a
   * server that hangs keeps it from its end, it ends without: what is pending is in the outbox.
   */
  private static final class Stop implements Runnable {
    private static final Duration LONGEST = Duration.ofSeconds(9);

    private volatile Optional<Service> service = Optional.empty();
    private volatile int status = ExitStatus.OK;
    private volatile boolean begun;

    @Override
    public void run() {
      begun = true;
      var closing =
          Thread.ofPlatform().name("closing").start(() -> service.ifPresent(Service::close));
      try {
        closing.join(LONGEST);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt(); // nobody does, but if: the same end
      }
      Runtime.getRuntime().halt(status);
    }
  }
}
