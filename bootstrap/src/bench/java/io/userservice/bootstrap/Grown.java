package io.userservice.bootstrap;

import io.userservice.adapter.nats.testserver.NatsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A service with so many users in its table at the begin, and a broker of its own, for a stream is
 * of one database.
 */
record Grown(int users, NatsServer nats, Instance service, Wrk load, List<Figures> figures)
    implements AutoCloseable {
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  /** Started, and warmed up. */
  static Grown start(Rig rig, Wrk wrk, int users) throws Exception {
    var name = "users" + users;
    var nats = rig.newNats(name);
    var service = Instance.start(rig, rig.database(name, users), nats.url(), Map.of());
    var load = wrk.over(users);
    load.run(service, Workload.MIXED.script(), 64, WARM_UP);
    return new Grown(users, nats, service, load, new ArrayList<>());
  }

  /** Creates at 64 connections, once. */
  void measure(Undisturbed undisturbed, Duration time) throws Exception {
    figures.add(undisturbed.run(() -> load.run(service, Workload.CREATE.script(), 64, time)));
  }

  @Override
  public void close() {
    service.close();
    nats.close();
  }
}
