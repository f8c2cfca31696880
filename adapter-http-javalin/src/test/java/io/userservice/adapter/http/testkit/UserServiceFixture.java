package io.userservice.adapter.http.testkit;

import io.userservice.adapter.http.HttpApi;
import io.userservice.adapter.http.HttpApi.Health;
import io.userservice.adapter.http.HttpApi.Metrics;
import io.userservice.adapter.http.HttpApi.Operations;
import io.userservice.adapter.http.HttpApi.UseCases;
import io.userservice.adapter.http.auth.TokenIssuer;
import io.userservice.adapter.http.auth.TokenVerifier;
import io.userservice.adapter.http.auth.TokenVerifier.KeySource.SharedSecret;
import io.userservice.application.UserApplication;
import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.InMemoryStream;
import io.userservice.application.testkit.SequentialIds;
import io.userservice.domain.user.TenantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The whole service in the JVM of a test: the real HTTP side on a free port of the loopback
 * address, the real use cases and relay, and ports in memory that keep the promises of the real
 * ones. No database, no broker, no file.
 *
 * <pre>{@code
 * try (var service = UserServiceFixture.start()) {
 *   // ... requests to service.url(), with service.token("acme") ...
 *   var event = service.awaitEvent(event -> event.type() == EventType.CREATED);
 * }
 * }</pre>
 */
public final class UserServiceFixture implements AutoCloseable {
  /** How long an event is waited for. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final byte[] SECRET =
      "this secret signs tokens of tests only".getBytes(StandardCharsets.UTF_8);
  private static final TokenVerifier.Options TOKENS =
      new TokenVerifier.Options(Optional.empty(), Optional.empty(), "tenantId");
  private static final Duration TOKENS_LAST = Duration.ofHours(1);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  /** Short, for a client that is never closed keeps its connection, and there are many tests. */
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(200);

  private final InMemoryPersistence persistence = new InMemoryPersistence();
  private final InMemoryStream stream = new InMemoryStream();
  private final PublishedEvents published = new PublishedEvents();
  private final RelayLoop relay;
  private final HttpApi api;
  private volatile boolean databaseIsThere = true;
  private volatile boolean brokerIsThere = true;

  private UserServiceFixture(boolean requireScopes) {
    var application = new UserApplication(ports());
    this.relay = application.relay(RelayLoop.Options.DEFAULT);
    this.api =
        new HttpApi(
            new UseCases(
                application.manageUsers(), application.readUsers(), application.readEvents()),
            new TokenVerifier(new SharedSecret(SECRET), TOKENS, InstantSource.system()),
            new Operations((_, _, _, _) -> {}, (_, _) -> {}, this::ready, new NoMetrics()),
            new HttpApi.Options(
                "127.0.0.1", 0, () -> SECRET, requireScopes, IDLE_TIMEOUT, STOP_TIMEOUT));
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
        stream,
        published,
        new SequentialIds(),
        InstantSource.system(),
        Math::random);
  }

  /** A service without any user, to be closed. */
  public static UserServiceFixture start() {
    return new UserServiceFixture(false).started();
  }

  /** The same, with tokens that need {@code users:read} and {@code users:write}. */
  public static UserServiceFixture startRequiringScopes() {
    return new UserServiceFixture(true).started();
  }

  private UserServiceFixture started() {
    api.start(); // first, for when it can't no thread is left behind
    relay.start();
    return this;
  }

  /** Where the service is, without a path. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + api.port());
  }

  /** A token of the tenant that is good for an hour. */
  public String token(String tenant) {
    return token(tenant, "users:read users:write");
  }

  /** The same with these scopes, separated by spaces. */
  public String token(String tenant, String scopes) {
    return new TokenIssuer(SECRET, TOKENS, InstantSource.system())
        .issue(new TenantId(tenant), Optional.of("tester"), Optional.of(scopes), TOKENS_LAST);
  }

  /** The events that are in the stream, in order. */
  public List<RecordedEvent> events() {
    return stream.events();
  }

  /**
   * The first event that is as demanded; waits for it if need be.
   *
   * @throws AssertionError when none is there after {@link #PATIENCE}; tells those that are
   */
  public RecordedEvent awaitEvent(Predicate<RecordedEvent> demand) {
    return awaitEvents(1, demand).getFirst();
  }

  /**
   * The first so many events that are as demanded, in the order of publication; waits for them if
   * need be.
   *
   * @throws AssertionError when fewer are there after {@link #PATIENCE}; tells those that are
   */
  public List<RecordedEvent> awaitEvents(int count, Predicate<RecordedEvent> demand) {
    return published.await(count, demand, PATIENCE);
  }

  /**
   * Makes the database answer or not; while it doesn't, the service answers 503 and isn't ready.
   */
  public void databaseIsThere(boolean isThere) {
    databaseIsThere = isThere;
    persistence.available(isThere);
  }

  /**
   * Makes the broker reachable or not; events wait while it isn't, requests don't, and the service
   * is ready but degraded.
   */
  public void brokerIsThere(boolean isThere) {
    brokerIsThere = isThere;
    stream.away(!isThere);
  }

  private Health.State ready() {
    if (!databaseIsThere) {
      return new Health.Down(List.of("the database was told to be away"));
    }
    return brokerIsThere
        ? new Health.Ok()
        : new Health.Degraded(List.of("the broker was told to be away: events wait"));
  }

  /** Within moments, be there clients with open connections or not. */
  @Override
  public void close() {
    api.close();
    relay.close();
  }

  private record NoMetrics() implements Metrics {
    @Override
    public String contentType() {
      return "text/plain; version=0.0.4; charset=utf-8";
    }

    @Override
    public String text() {
      return "";
    }
  }
}
