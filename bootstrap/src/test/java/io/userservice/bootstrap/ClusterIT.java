package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Nats;
import io.nats.client.api.ClusterInfo;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three servers that keep the stream together, and the loss of the one that leads it. */
final class ClusterIT {
  private static final int NODES = 3;

  @TempDir private Path folder;
  private final ServerAddress database = PostgresServer.newDatabase();
  private final List<NatsServer> nodes = new ArrayList<>();

  @BeforeEach
  void startCluster() throws IOException {
    var clients = freePorts();
    var routes = freePorts();
    var all =
        routes.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(", "));
    for (var i = 0; i < NODES; i++) {
      var store = Files.createDirectories(folder.resolve("node" + i));
      nodes.add(
          NatsServer.forDevelopment(
              Setup.in(store)
                  .on(clients.get(i))
                  .with(
                      "server_name: node" + i,
                      "cluster { name: test, listen: \"127.0.0.1:%d\", routes: [%s] }"
                          .formatted(routes.get(i), all))));
    }
  }

  private static List<Integer> freePorts() throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    for (var i = 0; i < NODES; i++) {
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
    var answered = new ArrayList<Change>();
    try (var service = ServiceProcess.start(environment)) {
      var port = service.port();
      await().atMost(Duration.ofSeconds(30)).until(() -> isPublishing(service));
      assertThat(cluster(nodes.getFirst()).getReplicas()).hasSize(NODES - 1);
      var leader = leader();
      try (var load = new Load(4, () -> port)) {
        awaitMore(load);
        leader.kill();
        awaitMore(load);
        leader.restart();
        awaitMore(load);
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
    var name = cluster(nodes.getFirst()).getLeader();
    return nodes.get(Integer.parseInt(Objects.requireNonNull(name).substring("node".length())));
  }

  private static ClusterInfo cluster(NatsServer node) throws Exception {
    var connection = Nats.connect(node.url());
    try {
      return Objects.requireNonNull(
          connection.jetStreamManagement().getStreamInfo("USER_EVENTS").getClusterInfo());
    } finally {
      connection.close();
    }
  }
}
