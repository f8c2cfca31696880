package io.userservice.adapter.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import io.userservice.adapter.http.auth.TokenVerifier;
import io.userservice.adapter.http.docs.Documentation;
import io.userservice.adapter.http.problem.Unavailable;
import io.userservice.application.driving.ManageUsers;
import io.userservice.application.driving.ReadEvents;
import io.userservice.application.driving.ReadUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The service over HTTP. Constructed, then {@link #start() started} once, then {@link #close()
 * closed}; {@link #port()} tells where it listens.
 */
public final class HttpApi implements AutoCloseable {
  private final Javalin javalin;
  private final Options options;
  private final List<Route> routes;

  public HttpApi(UseCases useCases, TokenVerifier tokens, Operations operations, Options options) {
    this.options = options;
    var cursors = new CursorCodec(options.cursorSecret());
    var table = new ArrayList<Route>();
    var pages = new PageRoom();
    table.addAll(new UserRoutes(useCases.manage(), useCases.read(), cursors, pages).table());
    table.addAll(new EventRoutes(useCases.events(), cursors, pages).table());
    table.addAll(new OpsRoutes(operations.health(), operations.metrics()).table());
    table.addAll(new DocsRoutes(new Documentation()).table());
    var dispatcher = new Dispatcher(tokens, options.requireScopes(), operations, new ReplyRoom());
    this.routes = Dispatcher.complete(table);
    this.javalin = Javalin.create(config -> configure(config, dispatcher));
  }

  /** All that is answered. */
  List<Route> routes() {
    return routes;
  }

  /** The driving ports. */
  public record UseCases(ManageUsers manage, ReadUsers read, ReadEvents events) {}

  /** What operators see. */
  public record Operations(
      RequestObserver observer,
      UnavailabilityObserver unavailability,
      Health health,
      Metrics metrics) {}

  /**
   * @param port 0 for any free one
   * @param cursorSecret gives that by which cursors are protected, the same for all instances;
   *     asked for when it is first needed
   * @param requireScopes whether tokens need {@code users:read} and {@code users:write}
   * @param idleTimeout how long a client may keep a connection silent, also amid a request
   * @param stopTimeout how long requests in flight may take to end when the service closes, which
   *     for connections without any waits a quarter of it
   */
  public record Options(
      String host,
      int port,
      Supplier<byte[]> cursorSecret,
      boolean requireScopes,
      Duration idleTimeout,
      Duration stopTimeout) {}

  /** Is told of every request when its answer is ready. Called by many threads. */
  @FunctionalInterface
  public interface RequestObserver {
    /**
     * @param method one of HTTP's own methods, or {@code OTHER}
     * @param route the template of the path, or {@code unmatched}
     * @param nanos time from the request's begin to its answer
     */
    void completed(String method, String route, int status, long nanos);
  }

  /** Is told of every request that is answered with 503, and why. Called by many threads. */
  @FunctionalInterface
  public interface UnavailabilityObserver {
    /**
     * @param why a sentence for operators
     */
    void unavailable(Unavailable.Reason reason, String why);
  }

  /** Whether the service can do its work. */
  @FunctionalInterface
  public interface Health {
    State ready();

    /** The answer; reasons are sentences for operators and are shown to everyone. */
    sealed interface State {}

    /** Everything is there. */
    record Ok() implements State {}

    /** Requests are answered, but something needs attention. */
    record Degraded(List<String> reasons) implements State {
      public Degraded {
        reasons = List.copyOf(reasons);
      }
    }

    /** Requests can't be answered. */
    record Down(List<String> reasons) implements State {
      public Down {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /** The metrics as Prometheus reads them. */
  public interface Metrics {
    String contentType();

    String text();
  }

  /** Loads what a server and its first requests need; for a start that has more than one core. */
  public static void prepare() {
    Rehearsal.run();
  }

  /**
   * Starts to listen.
   *
   * @throws UncheckedIOException when it can't: the port is in use, or the host is none of ours
   */
  public HttpApi start() {
    try {
      javalin.start();
      return this;
    } catch (JavalinException e) {
      // Its own message is that the port is in use, whatever the reason.
      if (e.getCause() instanceof IOException cause) {
        throw new UncheckedIOException(cause);
      }
      throw e;
    }
  }

  /** The port that is listened on. */
  public int port() {
    return javalin.port();
  }

  /** Takes no new request, and lets those in flight end within the stop timeout. */
  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (JavalinException _) {
      // Requests were cut off after the timeout, which the framework has logged; it did stop.
    }
  }

  private void configure(JavalinConfig config, Dispatcher dispatcher) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = RequestBody.MAX_BYTES;
    // An entity tag names one sequence of bytes (RFC 9110 section 8.8.3.3); proxies may compress.
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.router.ignoreTrailingSlashes = false;
    new WebServer(options, dispatcher).configure(config);
    dispatcher.install(config, routes);
  }
}
