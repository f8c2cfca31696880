package io.userservice.application.mistakes;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;

import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.EventLog.Published;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.OperateEvents.Since;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.Users;
import io.userservice.domain.user.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What adapters of the event log get wrong. */
final class LogMistakes {
  private LogMistakes() {}

  static List<Mistake> all() {
    return List.of(
        mistake(
            "tells a history from its beginning",
            "a_history_is_without_a_gap_newest_first",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  List<RecordedEvent> altered(List<RecordedEvent> history) {
                    return history.reversed();
                  }
                }),
        mistake(
            "writes payloads anew",
            "an_event_is_read_back_exactly_as_it_was_committed",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  List<RecordedEvent> altered(List<RecordedEvent> history) {
                    return history.stream().map(LogMistakes::compact).toList();
                  }
                }),
        mistake(
            "gives the feed an event twice where pages meet",
            "who_goes_on_from_a_position_misses_nothing",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  Position start(Position after) {
                    return new Position(Math.max(0, after.value() - 1));
                  }
                }),
        mistake(
            "selects by seconds",
            "a_selection_has_the_delivered_events_that_it_means_in_the_order_of_their_sequence",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  public List<Logged> select(Selection selection, long after, int limit) {
                    var mistaken =
                        selection instanceof Since(var at)
                            ? new Since(at.truncatedTo(ChronoUnit.SECONDS))
                            : selection;
                    return inner.select(mistaken, after, limit);
                  }
                }),
        mistake(
            "makes the system the actor of what nobody did",
            "an_event_is_read_back_exactly_as_it_was_committed",
            inner ->
                new MistakenLog(inner) {
                  @Override
                  List<RecordedEvent> altered(List<RecordedEvent> history) {
                    return history.stream().map(LogMistakes::ofSystem).toList();
                  }
                }),
        mistake(
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
        mistake(
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
    var actor = event.actor().or(() -> Optional.of(new Actor("system")));
    return Users.causedBy(event, actor, event.trace());
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

  private static Mistake mistake(String what, String rule, Function<EventLog, EventLog> mistaken) {
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
