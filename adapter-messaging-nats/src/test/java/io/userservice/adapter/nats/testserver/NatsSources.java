package io.userservice.adapter.nats.testserver;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Where a server of our own can come from, in which order, and what to say when from nowhere. */
final class NatsSources {
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private NatsSources() {}

  /** One place to have a server from. */
  private interface Source {
    /** The server, started; empty when there is none to be had, with the reason in the list. */
    Optional<NatsServer> start(Setup setup, List<String> reasons) throws IOException;
  }

  static NatsServer dockerFirst(Setup setup) throws IOException {
    return first(setup, List.of(NatsSources::docker, NatsSources::path, NatsSources::packaged));
  }

  static NatsServer programFirst(Setup setup) throws IOException {
    return first(setup, List.of(NatsSources::path, NatsSources::packaged, NatsSources::docker));
  }

  private static NatsServer first(Setup wanted, List<Source> sources) throws IOException {
    Files.createDirectories(wanted.store());
    var setup = wanted.settled();
    var reasons = new ArrayList<String>();
    for (var source : sources) {
      var server = source.start(setup, reasons);
      if (server.isPresent()) {
        tell(server.get());
        return server.get();
      }
    }
    throw new IllegalStateException(
        "No NATS server with JetStream can be had here ("
            + String.join("; ", reasons)
            + "). Put a nats-server on the PATH (for Debian and Ubuntu: apt-get install"
            + " nats-server), start a Docker engine, or run one and name its address: TEST_NATS_URL"
            + " for tests, NATS_URL for the service");
  }

  private static Optional<NatsServer> docker(Setup setup, List<String> reasons) {
    return NatsContainer.start(setup, reasons);
  }

  private static Optional<NatsServer> path(Setup setup, List<String> reasons) throws IOException {
    var program = NatsProgram.onPath();
    if (program.isEmpty()) {
      reasons.add("no nats-server on the PATH");
      return Optional.empty();
    }
    return Optional.of(NatsProcess.start(program.get(), setup));
  }

  private static Optional<NatsServer> packaged(Setup setup, List<String> reasons)
      throws IOException {
    var program = NatsProgram.ofDistribution(setup.cache(), reasons);
    return program.isPresent()
        ? Optional.of(NatsProcess.start(program.get(), setup))
        : Optional.empty();
  }

  /** Says, once for each kind, which server is used. */
  static void tell(NatsServer server) {
    if (TOLD.add(server.origin())) {
      System.err.println("Using " + server.origin());
    }
  }
}
