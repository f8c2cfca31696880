package io.userservice.application.mistakes;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;

import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.EventLog.Published;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Backlog;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.OperateEvents.Since;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.Users;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What adapters of outbox and log get wrong. */
final class DeliveryMistakes {
  private DeliveryMistakes() {}

  static List<Mistake> all() {
    return List.of(
        outbox(
            "loses the events of changes",
            "per_user_the_order_is_that_of_versions_under_concurrent_commits",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<Pending> next(int limit) {
                    return inner.next(limit).stream()
                        .filter(pending -> pending.event().version().equals(Version.FIRST))
                        .toList();
                  }
                }),
        outbox(
            "hands the newest events out first",
            "pending_events_come_in_the_order_of_their_sequence_up_to_the_limit",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<Pending> next(int limit) {
                    return inner.next(limit).reversed();
                  }
                }),
        outbox(
            "knows no limit",
            "pending_events_come_in_the_order_of_their_sequence_up_to_the_limit",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<Pending> next(int limit) {
                    return inner.next(10_000);
                  }
                }),
        outbox(
            "counts as delivered what was only read",
            "what_was_committed_is_pending_until_it_is_delivered",
            inner ->
                new DecoratedOutbox(inner) {
                  private final Set<Pending> read = new HashSet<>();

                  @Override
                  public List<Pending> next(int limit) {
                    return inner.next(limit).stream().filter(read::add).toList();
                  }
                }),
        outbox(
            "marks everything when something is delivered",
            "delivering_some_leaves_the_others",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public void delivered(FencingToken holder, List<Delivery> deliveries) {
                    inner.delivered(
                        holder,
                        inner.next(10_000).stream().map(event -> new Delivery(event, 1)).toList());
                  }
                }),
        outbox(
            "sets an event aside, but not its user's later ones",
            "a_quarantined_event_and_its_users_later_ones_are_not_pending",
            inner ->
                new DecoratedOutbox(inner) {
                  private final Set<Pending> aside = new HashSet<>();

                  @Override
                  public List<Pending> next(int limit) {
                    return inner.next(limit).stream()
                        .filter(pending -> !aside.contains(pending))
                        .toList();
                  }

                  @Override
                  public void quarantine(FencingToken holder, Pending event, String reason) {
                    aside.add(event);
                  }
                }),
        outbox(
            "stops everybody's events behind one that was refused",
            "a_quarantined_event_and_its_users_later_ones_are_not_pending",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<Pending> next(int limit) {
                    return inner.quarantined(1).isEmpty() ? inner.next(limit) : List.of();
                  }
                }),
        outbox(
            "retries an event that was dropped",
            "a_dropped_event_is_gone_for_good_and_its_users_later_ones_are_pending",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<EventId> drop(Collection<EventId> ids) {
                    return inner.retry(ids);
                  }
                }),
        outbox(
            "counts what was set aside towards the limit",
            "what_is_held_back_takes_no_room_among_the_next",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<Pending> next(int limit) {
                    return inner.next(limit - inner.quarantined(limit).size());
                  }
                }),
        outbox(
            "retries the first alone",
            "all_that_are_named_are_retried_or_dropped_and_no_others",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<EventId> retry(Collection<EventId> ids) {
                    return inner.retry(ids.stream().limit(1).toList());
                  }
                }),
        new Mistake(
            "remembers in memory what was dropped",
            Suites.OfOutbox.class,
            "what_became_of_an_event_survives_a_restart",
            ForgettingDrops::new),
        outbox(
            "counts what was set aside as waiting",
            "the_backlog_tells_how_much_waits_and_since_when",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public Backlog backlog() {
                    var right = inner.backlog();
                    return new Backlog(
                        right.pending() + right.quarantined(), right.oldest(), right.quarantined());
                  }
                }),
        log(
            "tells a history from its beginning",
            "a_history_is_without_a_gap_newest_first",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  List<RecordedEvent> altered(List<RecordedEvent> history) {
                    return history.reversed();
                  }
                }),
        log(
            "writes payloads anew",
            "an_event_is_read_back_exactly_as_it_was_committed",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  List<RecordedEvent> altered(List<RecordedEvent> history) {
                    return history.stream().map(DeliveryMistakes::compact).toList();
                  }
                }),
        log(
            "gives the feed an event twice where pages meet",
            "who_goes_on_from_a_position_misses_nothing",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  Position start(Position after) {
                    return new Position(Math.max(0, after.value() - 1));
                  }
                }),
        log(
            "makes the system the actor of what nobody did",
            "an_event_is_read_back_exactly_as_it_was_committed",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  List<RecordedEvent> altered(List<RecordedEvent> history) {
                    return history.stream().map(DeliveryMistakes::ofSystem).toList();
                  }
                }),
        log(
            "looks for the tenant's events among the next ones of everybody",
            "what_lies_in_between_takes_no_room_in_a_page",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  public List<Published> after(TenantId tenant, Position after, int limit) {
                    return Stream.of(ACME, GLOBEX)
                        .flatMap(any -> inner.after(any, after, limit).stream())
                        .sorted(Comparator.comparingLong(next -> next.position().value()))
                        .limit(limit)
                        .filter(next -> next.event().user().tenant().equals(tenant))
                        .toList();
                  }
                }),
        log(
            "selects among the next events of everybody",
            "what_lies_in_between_takes_no_room_in_a_page",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  public List<Logged> select(Selection selection, long after, int limit) {
                    var meant = Set.copyOf(inner.select(selection, after, limit));
                    return inner.select(new Since(Instant.EPOCH), after, limit).stream()
                        .filter(meant::contains)
                        .toList();
                  }
                }),
        new Mistake(
            "counts positions in the feed from the start of the process",
            Suites.OfLog.class,
            "the_feed_survives_a_restart_and_goes_on_behind_it",
            ForgettingPositions::new));
  }

  private static RecordedEvent ofSystem(RecordedEvent event) {
    return new RecordedEvent(
        event.id(),
        event.type(),
        event.user(),
        event.version(),
        event.at(),
        event.actor().or(() -> Optional.of(new Actor("system"))),
        event.trace(),
        event.payload());
  }

  private static final class ForgettingDrops extends DecoratedPersistence {
    private final Set<EventId> dropped = new HashSet<>();

    ForgettingDrops() {
      super(new InMemoryPersistenceFixture());
    }

    @Override
    public Outbox outbox() {
      return new DecoratedOutbox(inner.outbox()) {
        @Override
        public List<Quarantined> quarantined(int limit) {
          return inner.quarantined(limit).stream()
              .filter(aside -> !dropped.contains(aside.event().id()))
              .toList();
        }

        @Override
        public List<EventId> drop(Collection<EventId> ids) {
          dropped.addAll(ids);
          return List.copyOf(ids);
        }
      };
    }

    @Override
    public void restart() {
      inner.restart();
      dropped.clear();
    }
  }

  /** What comes after a restart has positions from 1 once more. */
  private static final class ForgettingPositions extends DecoratedPersistence {
    private long before;

    ForgettingPositions() {
      super(new InMemoryPersistenceFixture());
    }

    @Override
    public EventLog log() {
      return new MistakenLog(inner.log()) {
        @Override
        public List<Published> after(TenantId tenant, Position after, int limit) {
          return all(tenant).stream()
              .map(place -> new Published(again(place.position()), place.event()))
              .filter(place -> place.position().value() > after.value())
              .limit(limit)
              .toList();
        }
      };
    }

    private List<Published> all(TenantId tenant) {
      return inner.log().after(tenant, Position.START, Integer.MAX_VALUE);
    }

    private Position again(Position position) {
      return position.value() > before ? new Position(position.value() - before) : position;
    }

    @Override
    public void restart() {
      inner.restart();
      before = all(ACME).size();
    }
  }

  private static RecordedEvent compact(RecordedEvent event) {
    return Users.withPayload(event, event.payload().value().replace(" ", ""));
  }

  private static Mistake outbox(String what, String rule, Function<Outbox, Outbox> mistaken) {
    return new Mistake(
        what,
        Suites.OfOutbox.class,
        rule,
        () ->
            new DecoratedPersistence(new InMemoryPersistenceFixture()) {
              private final Outbox outbox = mistaken.apply(inner.outbox());

              @Override
              public Outbox outbox() {
                return outbox;
              }
            });
  }

  private static Mistake log(String what, String rule, Function<EventLog, EventLog> mistaken) {
    return new Mistake(
        what,
        Suites.OfLog.class,
        rule,
        () ->
            new DecoratedPersistence(new InMemoryPersistenceFixture()) {
              @Override
              public EventLog log() {
                return mistaken.apply(inner.log());
              }
            });
  }
}
