package io.userservice.application.mistakes;

import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Backlog;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.Users;
import io.userservice.domain.user.Version;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

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
                }));
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
