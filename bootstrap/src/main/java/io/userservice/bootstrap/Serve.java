package io.userservice.bootstrap;

import io.userservice.adapter.http.HttpApi;
import io.userservice.application.driven.StoreRefused;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves until the process is told to end, and then ends it in an orderly way. */
final class Serve {
  private static final Logger log = LoggerFactory.getLogger(Serve.class);

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
    } catch (CannotListen | StoreRefused failure) {
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
    private static final Duration A_MOMENT = Duration.ofMillis(500);

    private volatile Optional<Service> service = Optional.empty();
    private volatile int status = ExitStatus.OK;
    private volatile boolean begun;

    @Override
    public void run() {
      begun = true;
      if (!ends(() -> service.ifPresent(Service::close), LONGEST)) {
        ends(Stop::tellOfCutOff, A_MOMENT); // who doesn't read the log doesn't keep it either
      }
      Runtime.getRuntime().halt(status);
    }

    private static boolean ends(Runnable work, Duration inTime) {
      try {
        return Thread.ofPlatform().name("closing").start(work).join(inTime);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt(); // nobody does, but if: the same end
        return false;
      }
    }

    private static void tellOfCutOff() {
      log.atError()
          .addKeyValue("seconds", LONGEST.toSeconds())
          .log(
              "Stopping took longer than {} s and was cut off: requests in flight have no answer,"
                  + " events that are pending are in the outbox",
              LONGEST.toSeconds());
    }
  }
}
