package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Nats;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamConfiguration;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.adapter.persistence.testserver.PostgresServer;
import io.userservice.adapter.persistence.testserver.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three servers that keep the stream together, and the loss of the one that leads it. */
@Execution(ExecutionMode.CONCURRENT)
final class ClusterIT {
  private static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
  private static final int NODES = 3;
  private static final int ATTEMPTS = 3;
  private static final Duration FORMING = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final ServerAddress database = PostgresServer.newDatabase();
  private final List<NatsServer> nodes = new ArrayList<>();

  @BeforeEach
  void startCluster() throws Exception {
    for (var attempt = 1; !isFormed(attempt); attempt++) {
      assertThat(attempt).as("attempts to form a cluster: %s", logs()).isLessThan(ATTEMPTS);
      nodes.forEach(NatsServer::close);
      nodes.clear();
    }
  }

  /**
   * Whether three nodes came together. They need not: a port that was free may be somebody else's
   * when a node wants it for its routes, and that node ends after it has begun to listen.
   */
  private boolean isFormed(int attempt) throws Exception {
    var ports = freePorts();
    var clients = ports.subList(0, NODES);
    var routes = ports.subList(NODES, 2 * NODES);
    var all =
        routes.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(", "));
    for (var i = 0; i < NODES; i++) {
      var store = Files.createDirectories(folder.resolve("attempt" + attempt + "/node" + i));
      nodes.add(
          NatsServer.forDevelopment(
              Setup.in(store)
                  .on(clients.get(i))
                  .with(
                      "server_name: node" + i,
                      "cluster { name: test, listen: \"127.0.0.1:%d\", routes: [%s] }"
                          .formatted(routes.get(i), all))));
    }
    try {
      await().atMost(FORMING).ignoreExceptions().until(this::takesStreams);
      return true;
    } catch (ConditionTimeoutException _) {
      return false;
    }
  }

  private boolean takesStreams() throws Exception {
    var connection = Nats.connect(nodes.getFirst().url());
    try {
      var probe = StreamConfiguration.builder().name("PROBE").replicas(NODES).build();
      connection.jetStreamManagement().addStream(probe);
      return connection.jetStreamManagement().deleteStream("PROBE");
    } finally {
      connection.close();
    }
  }

  private String logs() throws IOException {
    var text = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (var log : files.filter(file -> file.endsWith("nats-server.log")).toList()) {
        text.append(log).append("\n").append(Files.readString(log));
      }
    }
    return text.toString();
  }

  private static List<Integer> freePorts() throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    for (var i = 0; i < 2 * NODES; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (var socket : sockets) {
      socket.close();
    }
    return ports;
  }

  @AfterEach
  void stopCluster() {
    nodes.forEach(NatsServer::close);
    PostgresServer.drop(database);
  }

  @Test
  void a_stream_survives_the_loss_of_the_server_that_leads_it() throws Exception {
    var urls = nodes.stream().map(NatsServer::url).collect(Collectors.joining(","));
    var environment =
        Map.of(
            "HOST",
            "127.0.0.1",
            "PORT",
            "0",
            "DATABASE_URL",
            database.url(),
            "NATS_URL",
            urls,
            "NATS_STREAM_REPLICAS",
            "3",
            "JWT_SECRET",
            TestServers.SECRET);
    ForgetfulStream.create(nodes.getFirst().url(), NODES);
    var answered = new ArrayList<Change>();
    try (var service = ServiceProcess.start(environment)) {
      var port = service.port();
      await("the service to publish")
          .atMost(Duration.ofSeconds(30))
          .until(() -> isPublishing(service));
      assertThat(cluster().getReplicas()).hasSize(NODES - 1);
      try (var load = new Load(4, () -> port)) {
        for (var round = 0; round < ROUNDS; round++) {
          awaitMore(load);
          var leader = leader();
          leader.kill();
          awaitMore(load);
          leader.restart();
          awaitMore(load);
          awaitAllUpToDate();
        }
        answered.addAll(load.end());
      }
    }
    try (var again = ServiceProcess.start(environment)) {
      again.port();
      new Ledgers(database.url(), urls).assertAgree(answered);
    }
  }

  private static boolean isPublishing(ServiceProcess service) {
    return service.lines().stream().anyMatch(line -> line.contains("The stream takes events"));
  }

  private static void awaitMore(Load load) {
    var before = load.answered();
    await().atMost(Duration.ofSeconds(60)).until(() -> load.answered() > before + 150);
  }

  private NatsServer leader() throws Exception {
    var name = cluster().getLeader();
    return nodes.get(Integer.parseInt(Objects.requireNonNull(name).substring("node".length())));
  }

  /** Or the loss of the next leader would be that of two at once. */
  private void awaitAllUpToDate() {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> cluster().getReplicas().stream().allMatch(Replica::isCurrent));
  }

  private ClusterInfo cluster() throws Exception {
    var connection = Nats.connect(nodes.getFirst().url());
    try {
      return Objects.requireNonNull(
          connection.jetStreamManagement().getStreamInfo("USER_EVENTS").getClusterInfo());
    } finally {
      connection.close();
    }
  }
}
