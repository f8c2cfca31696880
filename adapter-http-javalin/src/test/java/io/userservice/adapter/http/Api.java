package io.userservice.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.userservice.adapter.http.HttpApi.Health;
import io.userservice.adapter.http.HttpApi.Metrics;
import io.userservice.adapter.http.HttpApi.Operations;
import io.userservice.adapter.http.HttpApi.Options;
import io.userservice.adapter.http.HttpApi.UseCases;
import io.userservice.adapter.http.auth.TokenIssuer;
import io.userservice.adapter.http.auth.TokenVerifier;
import io.userservice.adapter.http.auth.TokenVerifier.KeySource.SharedSecret;
import io.userservice.adapter.http.contract.Contract;
import io.userservice.adapter.http.contract.Seen;
import io.userservice.adapter.http.problem.Unavailable;
import io.userservice.application.UserApplication;
import io.userservice.application.testkit.FaultPlan;
import io.userservice.application.testkit.FaultyPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.InMemoryStream;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RecordingObserver;
import io.userservice.application.testkit.SequentialIds;
import io.userservice.domain.user.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The real HTTP side on a free port, over the real application on the persistence that the class
 * path brings as a service; in memory when it brings none. So whoever has another one can run this
 * suite on it.
 */
final class Api implements AutoCloseable {
  static final byte[] SECRET =
      "a secret that is used in tests only".getBytes(StandardCharsets.UTF_8);
  static final TokenVerifier.Options TOKENS =
      new TokenVerifier.Options(Optional.empty(), Optional.empty(), "tenantId");
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  final FaultPlan faults = new FaultPlan();
  final PersistenceFixture persistence = new FaultyPersistence(ports(), faults);
  final List<Observed> observed = new CopyOnWriteArrayList<>();
  final List<Unavailable.Reason> unavailable = new CopyOnWriteArrayList<>();
  final AtomicReference<Health.State> health = new AtomicReference<>(new Health.Ok());
  final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00.123456Z"));
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpApi api;
  private final int port;

  /** A request that the observer was told of. */
  record Observed(String method, String route, int status) {}

  private Api(
      UnaryUseCases alteration, boolean requireScopes, Duration idleTimeout, Duration stopTimeout) {
    var application =
        new UserApplication(
            new UserApplication.Ports(
                persistence.users(),
                persistence.directory(),
                persistence.log(),
                persistence.outbox(),
                persistence.recent(),
                persistence.lease(),
                persistence.signal(),
                persistence.ledger(),
                new InMemoryStream(),
                new RecordingObserver(),
                new SequentialIds(),
                now::get,
                Math::random));
    var useCases =
        new UseCases(application.manageUsers(), application.readUsers(), application.readEvents());
    this.api =
        new HttpApi(
                alteration.of(useCases),
                new TokenVerifier(new SharedSecret(SECRET), TOKENS, InstantSource.system()),
                new Operations(
                    (method, route, status, _) -> observed.add(new Observed(method, route, status)),
                    (reason, _) -> unavailable.add(reason),
                    health::get,
                    new SomeMetrics()),
                new Options("127.0.0.1", 0, () -> SECRET, requireScopes, idleTimeout, stopTimeout))
            .start();
    this.port = api.port();
  }

  /** Puts something between HTTP and the application. */
  @FunctionalInterface
  interface UnaryUseCases {
    UseCases of(UseCases useCases);
  }

  private record SomeMetrics() implements Metrics {
    @Override
    public String contentType() {
      return "text/plain; version=0.0.4; charset=utf-8";
    }

    @Override
    public String text() {
      return "up 1\n";
    }
  }

  private static PersistenceFixture ports() {
    return ServiceLoader.load(PersistenceFixture.class)
        .findFirst()
        .orElseGet(InMemoryPersistenceFixture::new);
  }

  static Api start() {
    return new Api(useCases -> useCases, false, Duration.ofSeconds(10), STOP);
  }

  static Api startRequiringScopes() {
    return new Api(useCases -> useCases, true, Duration.ofSeconds(10), STOP);
  }

  static Api startWithIdleTimeout(Duration timeout) {
    return new Api(useCases -> useCases, false, timeout, STOP);
  }

  static Api startWithStopTimeout(Duration timeout, UnaryUseCases alteration) {
    return new Api(alteration, false, Duration.ofSeconds(10), timeout);
  }

  static Api startWith(UnaryUseCases alteration) {
    return new Api(alteration, false, Duration.ofSeconds(10), STOP);
  }

  @Override
  public void close() {
    // First the client: the server gives idle connections a second to end by themselves.
    client.close();
    api.close();
    persistence.close();
  }

  void stopServer() {
    api.close();
  }

  /** Whether somebody listens at the port. */
  boolean accepts() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  List<Route> routes() {
    return api.routes();
  }

  int port() {
    return port;
  }

  static String token(String tenant) {
    return token(tenant, "");
  }

  static String token(String tenant, String scope) {
    return new TokenIssuer(SECRET, TOKENS, InstantSource.system())
        .issue(new TenantId(tenant), Optional.of("ana"), Optional.of(scope), Duration.ofMinutes(5));
  }

  /** A request of the tenant acme, still to be sent. */
  Call call(String method, String path) {
    return anonymous(method, path).header("Authorization", "Bearer " + token("acme"));
  }

  Call anonymous(String method, String path) {
    return new Call(method, path);
  }

  Answer get(String path) {
    return call("GET", path).send();
  }

  Answer post(String path, String body) {
    return call("POST", path).json(body).send();
  }

  Answer patch(String path, String body) {
    return call("PATCH", path).json(body).send();
  }

  Answer delete(String path) {
    return call("DELETE", path).send();
  }

  /** The path of a new user of acme. */
  String aUser(String email) {
    return post("/users", "{\"email\":\"%s\",\"name\":\"Ana\"}".formatted(email))
        .header("Location");
  }

  /** A request in the making. */
  final class Call {
    private final HttpRequest.Builder request;
    private final String method;
    private final String path;
    private byte[] body = {};

    private Call(String method, String path) {
      this.request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
              .timeout(Duration.ofSeconds(20));
      this.method = method;
      this.path = path;
    }

    Call header(String name, String value) {
      request.header(name, value);
      return this;
    }

    Call as(String tenant) {
      request.setHeader("Authorization", "Bearer " + token(tenant));
      return this;
    }

    Call json(String text) {
      return body("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    Call body(String type, byte[] bytes) {
      body = bytes;
      return header("Content-Type", type);
    }

    Answer send() {
      var publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
      try {
        var response =
            client.send(request.method(method, publisher).build(), BodyHandlers.ofByteArray());
        Contract.served()
            .demand(
                new Seen(
                    method,
                    path,
                    body,
                    response.statusCode(),
                    response.headers().map(),
                    response.body()));
        return new Answer(response);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What came back. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    /** The codes of the errors of a validation problem, each with its pointer. */
    List<String> errors() {
      return json()
          .path("errors")
          .valueStream()
          .map(error -> error.path("pointer").asText() + " " + error.path("code").asText())
          .toList();
    }
  }
}
