package io.userservice.bootstrap;

import io.userservice.adapter.nats.testserver.Folders;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.adapter.persistence.testserver.EmbeddedPostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Servers and services of one test's own, each of which may be killed, frozen, wiped and cut off.
 */
final class Faults implements AutoCloseable {
  private static final long PLENTY = 4L << 30;

  private final Path folder;
  private final int databasePort;
  private final NatsServer nats;
  private final CutProxy proxy;
  private final List<ServiceProcess> services = new ArrayList<>();
  private final List<CutProxy> hosts = new ArrayList<>();
  private EmbeddedPostgresServer database;

  /** With more room in NATS than a test can fill. */
  Faults(Path folder) throws IOException {
    this(folder, PLENTY);
  }

  /**
   * @param room octets that NATS has for all streams
   */
  Faults(Path folder, long room) throws IOException {
    this.folder = folder;
    this.databasePort = freePort();
    FreshPostgres.copyTo(postgresData());
    this.database = EmbeddedPostgresServer.on(postgresData(), databasePort);
    Files.createDirectories(natsStore());
    this.nats = NatsServer.ofOurOwn(Setup.in(natsStore()).withoutJetStream().with(jetStream(room)));
    ForgetfulStream.create(nats.url());
    this.proxy = CutProxy.to(nats.url());
  }

  private static String jetStream(long room) {
    return "jetstream { store_dir: \"{store}\", max_file_store: %d }".formatted(room);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Path postgresData() {
    return folder.resolve("postgres");
  }

  Path natsStore() {
    return folder.resolve("nats");
  }

  NatsServer nats() {
    return nats;
  }

  /** Between the services and NATS. */
  CutProxy network() {
    return proxy;
  }

  String databaseUrl() {
    return databaseUrl(databasePort);
  }

  private static String databaseUrl(int port) {
    return "postgres://postgres@127.0.0.1:%d/postgres".formatted(port);
  }

  /** One more instance of the service. */
  ServiceProcess startService() throws IOException {
    return started(ServiceProcess.start(environment(proxy.url(), databaseUrl())));
  }

  /** One more instance, at a port of the caller's choice, that says nothing when all is well. */
  ServiceProcess startQuietService(int port) throws IOException {
    var environment = new HashMap<>(environment(proxy.url(), databaseUrl()));
    environment.put("PORT", Integer.toString(port));
    environment.put("LOG_LEVEL", "warn");
    return started(ServiceProcess.start(environment));
  }

  /** One more instance, on a host with a network of its own. */
  Host startHost() throws IOException {
    var toNats = CutProxy.to(nats.url());
    var toDatabase = CutProxy.to(databaseUrl());
    hosts.add(toNats);
    hosts.add(toDatabase);
    var environment = environment(toNats.url(), databaseUrl(toDatabase.port()));
    return new Host(started(ServiceProcess.start(environment)), toNats, toDatabase);
  }

  /** An instance and its ways to the servers. */
  record Host(ServiceProcess service, CutProxy toNats, CutProxy toDatabase) {}

  private ServiceProcess started(ServiceProcess service) {
    services.add(service);
    return service;
  }

  private static Map<String, String> environment(String natsUrl, String databaseUrl) {
    return Map.of(
        "HOST",
        "127.0.0.1",
        "PORT",
        "0",
        "DATABASE_URL",
        databaseUrl,
        "NATS_URL",
        natsUrl,
        "JWT_SECRET",
        TestServers.SECRET,
        "LOG_LEVEL",
        "info");
  }

  /** An instance in this process, to have its clock in hand. */
  Service serviceInside(InstantSource clock) {
    return new Service(Settings.forServe(environment(proxy.url(), databaseUrl())), clock);
  }

  /** Ends PostgreSQL at once, as a crash of its machine does, and starts it again. */
  void crashDatabase() throws IOException, InterruptedException {
    var pidFile = postgresData().resolve("postmaster.pid");
    var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    var server = ProcessHandle.of(pid).orElseThrow();
    new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
    server.onExit().join();
    database.close(); // gives up its hold on the folder
    database = EmbeddedPostgresServer.on(postgresData(), databasePort);
  }

  /** Kills NATS and gives it a store with nothing but a new stream, as forgetful as the first. */
  void wipeNatsStore() throws IOException {
    var fresh = Files.createTempDirectory(folder, "fresh");
    try (var other = NatsServer.ofOurOwn(Setup.in(fresh))) {
      ForgetfulStream.create(other.url());
    }
    replaceNatsStore(fresh);
  }

  /** Kills NATS and puts these files in the place of its store. */
  void replaceNatsStore(Path copy) throws IOException {
    nats.kill();
    Folders.clear(natsStore());
    Folders.copy(copy, natsStore());
    nats.restart();
  }

  @Override
  public void close() {
    services.forEach(ServiceProcess::close);
    hosts.forEach(CutProxy::close);
    proxy.close();
    nats.close();
    database.close();
  }
}
