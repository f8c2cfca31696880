package io.userservice.bootstrap;

import java.util.concurrent.CountDownLatch;

/** Serves until the process is told to end, and then ends it in an orderly way. */
final class Serve {
  private Serve() {}

  static int run(Settings settings) {
    LoggingSetup.apply(settings.logging());
    var service = new Service(settings);
    var stop = new Stop(service);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
    try {
      service.start();
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // nobody does, but if: the same end
    } catch (CannotListen failure) {
      stop.status = ExitStatus.UNAVAILABLE;
      throw failure;
    } catch (RuntimeException failure) {
      stop.status = ExitStatus.SOFTWARE;
      throw failure;
    }
    return ExitStatus.OK;
  }

  /** What a SIGTERM sets off. Left alone the JVM would report it as a failure, status 143. */
  private static final class Stop implements Runnable {
    private final Service service;
    private volatile int status = ExitStatus.OK;

    Stop(Service service) {
      this.service = service;
    }

    @Override
    public void run() {
      service.close();
      Runtime.getRuntime().halt(status);
    }
  }
}
