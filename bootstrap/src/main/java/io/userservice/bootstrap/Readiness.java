package io.userservice.bootstrap;

import io.userservice.adapter.http.HttpApi.Health.Degraded;
import io.userservice.adapter.http.HttpApi.Health.Down;
import io.userservice.adapter.http.HttpApi.Health.Ok;
import io.userservice.adapter.http.HttpApi.Health.State;
import io.userservice.adapter.nats.NatsMessaging;
import io.userservice.adapter.nats.NatsMessaging.Connected;
import io.userservice.adapter.nats.NatsMessaging.Disconnected;
import io.userservice.adapter.nats.NatsMessaging.StreamFound;
import io.userservice.adapter.nats.NatsMessaging.StreamMissing;
import io.userservice.adapter.persistence.Persistence;
import java.util.ArrayList;
import java.util.List;

/** Whether requests can be answered (the database), and what else an operator should know. */
final class Readiness {
  private final Persistence persistence;
  private final NatsMessaging nats;
  private final BacklogWatch backlog;

  Readiness(Persistence persistence, NatsMessaging nats, BacklogWatch backlog) {
    this.persistence = persistence;
    this.nats = nats;
    this.backlog = backlog;
  }

  State ready() {
    if (!persistence.isAvailable()) {
      return new Down(List.of("the database doesn't answer, or its schema isn't up to date yet"));
    }
    var reasons = new ArrayList<String>();
    switch (nats.connection()) {
      case Disconnected _ -> reasons.add("NATS is away: events wait in the outbox");
      case Connected _ -> {
        switch (nats.stream()) {
          case StreamMissing _ -> reasons.add("there is no stream: events wait in the outbox");
          case StreamFound _ -> {}
        }
      }
    }
    backlog.delay().ifPresent(reasons::add);
    return reasons.isEmpty() ? new Ok() : new Degraded(reasons);
  }
}
