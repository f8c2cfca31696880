package io.userservice.bootstrap;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.userservice.adapter.http.HttpApi;
import io.userservice.adapter.http.auth.TokenVerifier;
import io.userservice.adapter.nats.NatsMessaging;
import io.userservice.adapter.nats.NatsMessaging.CommittedElsewhere;
import io.userservice.adapter.nats.NatsMessaging.Fact;
import io.userservice.adapter.nats.NatsMessaging.StreamReady;
import io.userservice.adapter.persistence.Persistence;
import io.userservice.application.UserApplication;
import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.StoreRefused;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole service: the only place where adapters are made. HTTP is there from the start, and says
 * 503 until the database is; relay and broker follow. Stops in the opposite order.
 */
final class Service implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Service.class);
  private static final Duration IDLE_HTTP = Duration.ofSeconds(30);
  private static final Duration STOP_HTTP = Duration.ofSeconds(4);

  private final Settings settings;
  private final InstantSource clock;
  private final PrometheusMeterRegistry registry = Meters.registry();
  private final TokenVerifier tokens;
  private final HikariDataSource pool;
  private final SchemaGate schema;
  private final CompletableFuture<Boolean> migrated;
  private final Persistence persistence;
  private final NatsTelemetry natsTelemetry = new NatsTelemetry();
  private final NatsMessaging nats;
  private final RelayLoop relay;
  private final BacklogWatch backlog;
  private final UserApplication application;
  private final Housekeeping housekeeping;
  private volatile Runnable closeHttp = () -> {};
  private volatile int port;

  /** Makes everything, and begins to wait for the database. */
  Service(Settings settings) {
    this(settings, InstantSource.system());
  }

  /** With a clock that a test sets. */
  Service(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    tokens = Tokens.verifier(settings, clock);
    pool =
        ConnectionPool.open(
            settings.database().address(), settings.database().poolSize(), registry);
    schema = new SchemaGate(pool);
    migrated = CompletableFuture.supplyAsync(schema::awaitSchema, onThread("schema"));
    persistence = Persistence.awaitingSchema(pool, this::announceCommit);
    nats = new NatsMessaging(natsOptions(settings.nats()), this::onNats);
    application = new UserApplication(ports());
    relay = application.relay(RelayLoop.Options.DEFAULT);
    backlog = new BacklogWatch(persistence.outbox(), clock);
    housekeeping = new Housekeeping(persistence, settings.database().keepEvents());
    backlog.bindTo(registry);
    NatsTelemetry.bindTo(registry, nats);
  }

  private static Executor onThread(String name) {
    return task -> Thread.ofPlatform().daemon().name(name).start(task);
  }

  private UserApplication.Ports ports() {
    return new UserApplication.Ports(
        persistence.users(),
        persistence.directory(),
        persistence.log(),
        persistence.outbox(),
        persistence.recent(),
        persistence.lease(),
        persistence.signal(),
        persistence.ledger(),
        nats.publisher(),
        new DeliveryTelemetry(registry),
        new TimeOrderedIdentifiers(),
        clock,
        Math::random);
  }

  static NatsMessaging.Options natsOptions(Settings.Nats nats) {
    return new NatsMessaging.Options(
        nats.urls(),
        nats.credentials(),
        nats.replicas(),
        "/user-service",
        nats.publicUrl(),
        NatsMessaging.Options.PUBLISH_DEADLINE,
        NatsMessaging.Options.WINDOW);
  }

  private void onNats(Fact fact) {
    natsTelemetry.on(fact);
    switch (fact) {
      case StreamReady _ -> relay.retryNow();
      case CommittedElsewhere _ -> {
        persistence.recent().doubt();
        persistence.signal().raise();
      }
      case NatsMessaging.ConnectionState _,
          NatsMessaging.Closed _,
          NatsMessaging.StreamMissing _,
          NatsMessaging.StreamDiffers _ -> {}
    }
  }

  private void announceCommit() {
    nats.announceCommit();
  }

  /** Returns when all work is done; waits for the database if need be. */
  void start() {
    nats.start();
    var http = startHttp();
    closeHttp = http::close;
    port = http.port();
    tellPort("Listening on http://{}:{}, waiting for the database");
    if (!hasSchema()) {
      return; // told to stop before the database came
    }
    persistence.schemaIsUpToDate();
    relay.start();
    housekeeping.start();
    tellPort("Serving on http://{}:{}");
  }

  private boolean hasSchema() {
    try {
      return migrated.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof StoreRefused refusal ? refusal : failure;
    }
  }

  private void tellPort(String message) {
    log.atInfo().addKeyValue("port", port).log(message, settings.listen().host(), port);
  }

  private HttpApi startHttp() {
    var options =
        new HttpApi.Options(
            settings.listen().host(),
            settings.listen().port(),
            persistence::cursorSecret,
            settings.tokens().requireScopes(),
            IDLE_HTTP,
            STOP_HTTP);
    var useCases =
        new HttpApi.UseCases(
            application.manageUsers(), application.readUsers(), application.readEvents());
    var telemetry = new HttpTelemetry(registry);
    var operations =
        new HttpApi.Operations(
            telemetry::answered,
            telemetry::unavailable,
            new Readiness(persistence, nats, backlog)::ready,
            new PrometheusText(registry));
    try {
      return new HttpApi(useCases, tokens, operations, options).start();
    } catch (UncheckedIOException failure) {
      throw new CannotListen(settings.listen(), failure);
    }
  }

  /** Where HTTP is served. */
  int port() {
    return port;
  }

  /** Lets requests in flight end, the relay finish its batch, and closes everything. */
  @Override
  public void close() {
    log.info("Stopping");
    schema.close();
    closeHttp.run();
    housekeeping.close();
    relay.close();
    nats.close();
    tokens.close();
    pool.close();
    log.info("Stopped");
  }
}
