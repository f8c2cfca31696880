package io.userservice.bootstrap;

import com.zaxxer.hikari.HikariDataSource;
import io.userservice.adapter.nats.NatsMessaging;
import io.userservice.adapter.nats.NatsMessaging.StreamFound;
import io.userservice.adapter.nats.NatsMessaging.StreamMissing;
import io.userservice.adapter.nats.NatsMessaging.StreamState;
import io.userservice.adapter.persistence.Persistence;
import io.userservice.adapter.persistence.SchemaMigration;
import io.userservice.application.UserApplication;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.OperateEvents;
import io.userservice.application.driving.OperateEvents.OfUser;
import io.userservice.application.driving.OperateEvents.QuarantinedEvent;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.bootstrap.Settings.Operating;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What an operator does with events, beside services that go on running. */
final class EventsCommand {
  /** Most refused events that are listed. */
  static final int LISTED = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Operating settings;
  private final PrintWriter out;
  private final PrintWriter err;

  EventsCommand(Operating settings, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
    LoggingSetup.applyForCommand(settings.logging().forCommands());
  }

  /** Work on events; gives the exit status. */
  @FunctionalInterface
  private interface Work {
    int on(OperateEvents events);
  }

  int list() {
    return withDatabase(
        events -> {
          events.quarantined(LISTED).forEach(refused -> out.println(line(refused)));
          return ExitStatus.OK;
        });
  }

  private static String line(QuarantinedEvent refused) {
    var event = refused.event();
    var members = new LinkedHashMap<String, JsonValue>();
    members.put("eventId", new JsonString(event.id().toString()));
    members.put("type", new JsonString(event.type().value()));
    members.put("tenantId", new JsonString(event.user().tenant().value()));
    members.put("userId", new JsonString(event.user().id().toString()));
    members.put("version", JsonNumber.of(event.version().value()));
    members.put("timestamp", new JsonString(JsonLines.instant(event.at())));
    members.put("reason", new JsonString(refused.reason()));
    return new JsonObject(members).text().toString();
  }

  int retry(List<EventId> ids) {
    return withDatabase(events -> told(ids, events.retry(ids)));
  }

  int drop(List<EventId> ids) {
    return withDatabase(events -> told(ids, events.drop(ids)));
  }

  private int told(List<EventId> ids, Collection<EventId> done) {
    done.forEach(out::println);
    var left = ids.stream().filter(id -> !done.contains(id)).toList();
    left.forEach(id -> err.printf("%s: not an event that was set aside%n", id));
    return left.isEmpty() ? ExitStatus.OK : ExitStatus.NO_SUCH_THING;
  }

  /**
   * @param after only events behind this place in the log
   */
  int replay(Selection selection, long after) {
    var progress = new ReplayProgress(err);
    var status = replay(selection, after, progress);
    if (status == ExitStatus.UNAVAILABLE) {
      progress.tell();
    }
    return status;
  }

  private int replay(Selection selection, long after, ReplayProgress progress) {
    var ready = new CountDownLatch(1);
    var options = Service.natsOptions(settings.nats());
    var obstacle = obstacle(options);
    if (obstacle.isPresent()) {
      err.println(obstacle.get());
      return ExitStatus.UNAVAILABLE;
    }
    try (var nats = NatsMessaging.open(options, fact -> countDownWhenReady(fact, ready))) {
      if (!ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        err.println("NATS can't be reached: " + reason(nats.stream()));
        return ExitStatus.UNAVAILABLE;
      }
      return withDatabase(nats, events -> replayed(events, selection, after, progress));
    } catch (StreamUnavailable refusal) {
      err.println("The stream doesn't take the events: " + refusal.getMessage());
      return ExitStatus.UNAVAILABLE;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitStatus.SOFTWARE;
    }
  }

  /** Asked before, for who publishes would create the stream. */
  private static Optional<String> obstacle(NatsMessaging.Options options) {
    try {
      return NatsMessaging.inspect(options).isPresent()
          ? Optional.empty()
          : Optional.of("There is no stream USER_EVENTS; the service creates it.");
    } catch (StreamUnavailable away) {
      return Optional.of("NATS can't be asked: " + away.getMessage());
    }
  }

  private int replayed(
      OperateEvents events, Selection selection, long after, ReplayProgress progress) {
    var count = events.replay(selection, after, progress);
    out.printf("%d events replayed%n", count);
    return count == 0 && selection instanceof OfUser ? ExitStatus.NO_SUCH_THING : ExitStatus.OK;
  }

  private static String reason(StreamState stream) {
    return switch (stream) {
      case StreamMissing(var reason) -> reason;
      case StreamFound _ -> "it took too long";
    };
  }

  private static void countDownWhenReady(NatsMessaging.Fact fact, CountDownLatch ready) {
    if (fact instanceof NatsMessaging.StreamReady) {
      ready.countDown();
    }
  }

  /** Without a connection to NATS: what is to be published, the running services publish. */
  private int withDatabase(Work work) {
    try (var unused = new NatsMessaging(Service.natsOptions(settings.nats()), _ -> {})) {
      return withDatabase(unused, work);
    }
  }

  private int withDatabase(NatsMessaging nats, Work work) {
    try (var pool = ConnectionPool.open(settings.database(), 2)) {
      if (!SchemaMigration.isComplete(pool)) {
        err.println("The schema isn't the one of this version: user-service migrate makes it");
        return ExitStatus.UNAVAILABLE;
      }
      return work.on(application(pool, nats).operateEvents());
    } catch (StoreUnavailable away) {
      err.println("The database can't be reached: " + away.getMessage());
      return ExitStatus.UNAVAILABLE;
    }
  }

  private static UserApplication application(HikariDataSource pool, NatsMessaging nats) {
    var persistence = new Persistence(pool, () -> {});
    return new UserApplication(
        new UserApplication.Ports(
            persistence.users(),
            persistence.directory(),
            persistence.log(),
            persistence.outbox(),
            persistence.recent(),
            persistence.lease(),
            persistence.signal(),
            persistence.ledger(),
            nats.publisher(),
            _ -> {},
            new TimeOrderedIdentifiers(),
            InstantSource.system(),
            Math::random));
  }
}
