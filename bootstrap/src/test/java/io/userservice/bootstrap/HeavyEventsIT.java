package io.userservice.bootstrap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.testkit.Collision;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Events as large as they get, many of them, in the memory that the start script gives. */
@Isolated("takes all processors")
final class HeavyEventsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ROOM = Duration.ofSeconds(5); // how long a page waits for it
  private static final int USERS = 256;
  private static final int PATCHES = 10;
  private static final int READERS = 32;
  private static final int SLOW_READERS = 100;
  private static final int SLOW_WRITERS = 400;
  private static final int AT_ONCE = 6; // bodies of 960 KB, or pages of 3 MB: they have room
  private static final int HEADS = 1_200;
  private static final int STORM = 64;
  private static final int ASKED = 20;

  @TempDir private Path folder;

  @Test
  void large_events_are_published_and_read_in_little_memory() throws Exception {
    try (var faults = new Faults(folder)) {
      var ledgers = new Ledgers(faults.databaseUrl(), faults.nats().url());
      var standBy = faults.startService();
      var service = faults.startService();
      await().atMost(PATIENCE).until(() -> service.publishes() || standBy.publishes());
      faults.nats().stop();
      var answered = change(service.port());

      faults.nats().restart();

      ledgers.assertAgree(answered);
      assertThat(answered).hasSize(USERS * (PATCHES + 1));
      readAllAtOnce(service.port());
      readNothing(service.port());
      assertThat(service.isAlive()).isTrue();
      assertThat(standBy.isAlive()).isTrue();
    }
  }

  @Test
  void bodies_that_never_end_take_little_memory() throws Exception {
    try (var faults = new Faults(folder)) {
      var service = faults.startService();
      try (var api = new Api(service.port(), "acme")) {
        var large = "/users/" + api.create("large@example.org");
        try (var wire = new SlowWriters(service.port())) {
          wire.send(SLOW_WRITERS);

          assertThat(api.patch(large, "{\"name\":\"Meanwhile\"}").statusCode()).isEqualTo(200);
        }
        await()
            .atMost(PATIENCE)
            .until(() -> api.patch(large, attributes(1)).statusCode(), status -> status == 200);
        assertThat(service.isAlive()).isTrue();
      }
    }
  }

  /** Six octets may be a number of a thousand digits, seven an object of two hundred octets. */
  @Test
  void what_grows_when_it_is_read_takes_little_memory() throws Exception {
    var numbers = "[" + "1e999,".repeat(60_000) + "1]";
    var places = "[" + "1e9999,".repeat(98) + "1e9999]";
    for (var i = 0; i < 60; i++) {
      places = "{\"" + "~".repeat(16_000) + "\":" + places + "}";
    }
    var values = "{\"s\":\"null\",\"x\":[" + "{\"\":1},".repeat(2_300) + "1]}";
    try (var faults = new Faults(folder)) {
      var service = faults.startService();
      try (var api = new Api(service.port(), "acme")) {
        for (var attributes : List.of(numbers, places)) {
          assertThat(statuses(AT_ONCE, i -> () -> api.post("/users", heavy(i, attributes))))
              .containsOnly(400);
        }
        assertThat(statuses(USERS, i -> () -> api.post("/users", heavy(i, values))))
            .containsOnly(201);
        assertThat(statuses(AT_ONCE, _ -> () -> api.get("/users?limit=200"))).containsOnly(200);
        var users = Api.json(api.get("/users?limit=200")).get("items");
        assertThat(unread(service.port())).containsOnly(200);
        assertThat(
                statuses(
                    users.size(),
                    i ->
                        () ->
                            api.patch(
                                "/users/" + users.get(i).get("id").asText(),
                                "{\"attributes\":{\"more\":1}}")))
            .containsOnly(200);
        assertThat(service.isAlive()).isTrue();
      }
    }
  }

  /** Who reads slowly is told as well as who reads at once. */
  private static List<Integer> unread(int port) throws Exception {
    try (var wire = new SlowReaders(port)) {
      return wire.ask("/users?limit=200", AT_ONCE);
    }
  }

  /** Without a token: nobody has been asked yet. */
  @Test
  void heads_that_never_end_take_little_memory() throws Exception {
    try (var faults = new Faults(folder)) {
      var service = faults.startService();
      var port = service.port();
      for (var head : List.of("X:\r\n".repeat(3_500), "X: " + "x".repeat(15_000))) {
        var sockets = new ArrayList<Socket>();
        try {
          for (var i = 0; i < HEADS; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(socket);
            socket.getOutputStream().write(("GET / HTTP/1.1\r\n" + head).getBytes(US_ASCII));
          }
          await().atMost(PATIENCE).until(() -> status(port, "/users") == 200);
        } finally {
          for (var socket : sockets) {
            socket.close();
          }
        }
        assertThat(service.isAlive()).isTrue();
      }
    }
  }

  /** Whether they have a token or not, and are refused in the end or not. */
  @Test
  void large_bodies_that_keep_coming_leave_room_for_what_the_database_answers() throws Exception {
    var body = " ".repeat(1_000_000);
    try (var faults = new Faults(folder)) {
      var service = faults.startService();
      var port = service.port();
      var enough = new AtomicBoolean();
      try (var storm = Executors.newFixedThreadPool(STORM);
          var api = new Api(port, "acme")) {
        for (var i = 0; i < STORM; i++) {
          storm.submit(
              () -> {
                while (!enough.get()) {
                  api.post("/users", body);
                }
                return enough;
              });
        }
        try {
          for (var i = 0; i < ASKED; i++) {
            assertThat(askedSoon(port)).isEqualTo(200);
          }
        } finally {
          enough.set(true);
        }
      }
    }
  }

  private static int askedSoon(int port) throws Exception {
    var request = HttpRequest.newBuilder(get(port, "/users?limit=1"), (_, _) -> true);
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(request.timeout(Duration.ofSeconds(4)).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static String heavy(int number, String attributes) {
    return "{\"email\":\"%d@example.org\",\"name\":\"A\",\"attributes\":%s}"
        .formatted(number, attributes);
  }

  private static List<Integer> statuses(
      int count, IntFunction<Callable<HttpResponse<String>>> calls) throws Exception {
    return Collision.of(count, i -> () -> onceThereIsRoom(calls.apply(i))).stream()
        .map(HttpResponse::statusCode)
        .toList();
  }

  private static void readAllAtOnce(int port) throws Exception {
    try (var client = HttpClient.newHttpClient();
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Integer>>();
      for (var i = 0; i < READERS; i++) {
        for (var path : List.of("/users?limit=200", "/changes?limit=200")) {
          var request = get(port, path);
          answers.add(clients.submit(() -> status(client, request)));
        }
      }
      for (var answer : answers) {
        assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(200);
      }
    }
  }

  private static int status(HttpClient client, HttpRequest request) throws Exception {
    return onceThereIsRoom(() -> client.send(request, BodyHandlers.discarding())).statusCode();
  }

  /** Refused is only who has waited, and he may ask again; how many are is the machine's speed. */
  private static <T> HttpResponse<T> onceThereIsRoom(Callable<HttpResponse<T>> call)
      throws Exception {
    while (true) {
      var since = System.nanoTime();
      var answer = call.call();
      var hasWaited = System.nanoTime() - since >= ROOM.toNanos();
      if (!hasWaited || answer.headers().firstValue("Retry-After").isEmpty()) {
        return answer;
      }
    }
  }

  /** Large answers to clients that don't read them must not take all memory. */
  private static void readNothing(int port) throws Exception {
    try (var wire = new SlowReaders(port)) {
      assertThat(wire.ask("/users?limit=200", SLOW_READERS)).containsOnly(200, 503);

      assertThat(status(port, "/users?limit=1")).as("meanwhile").isEqualTo(200);
    }
    await().atMost(PATIENCE).until(() -> status(port, "/users?limit=200") == 200);
  }

  private static int status(int port, String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(get(port, path), BodyHandlers.discarding()).statusCode();
    }
  }

  private static HttpRequest get(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + Api.token("acme"))
        .build();
  }

  private static List<Change> change(int port) throws Exception {
    try (var api = new Api(port, "acme");
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var changes = new ArrayList<Change>();
      var works = new ArrayList<Callable<List<Change>>>();
      for (var i = 0; i < USERS; i++) {
        var email = "user" + i + "@example.org";
        works.add(() -> life(api, email));
      }
      for (var work : clients.invokeAll(works)) {
        changes.addAll(work.get());
      }
      return changes;
    }
  }

  private static List<Change> life(Api api, String email) throws Exception {
    var id = api.create(email);
    var changes = new ArrayList<Change>();
    changes.add(new Change(id, 1));
    for (var i = 0; i < PATCHES; i++) {
      var answer = api.patch("/users/" + id, attributes(i));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      changes.add(new Change(id, i + 2L));
    }
    return changes;
  }

  /** With one letter that makes the whole text twice as large in memory. */
  private static String attributes(int number) {
    return "{\"attributes\":{\"text\":\"%d あ%s\"}}".formatted(number, "x".repeat(16_000));
  }
}
