package io.userservice.application.mistakes;

import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Backlog;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.EventId;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.domain.user.Version;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What adapters of the outbox get wrong. */
final class OutboxMistakes {
  private OutboxMistakes() {}

  static List<Mistake> all() {
    return List.of(
        mistake(
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
        mistake(
            "tells since which second events wait",
            "the_backlog_tells_how_much_waits_and_since_when",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public Backlog backlog() {
                    var right = inner.backlog();
                    return new Backlog(
                        right.pending(),
                        right.oldest().map(at -> at.truncatedTo(ChronoUnit.SECONDS)),
                        right.quarantined());
                  }
                }),
        mistake(
            "hands the newest events out first",
            "pending_events_come_in_the_order_of_their_sequence_up_to_the_limit",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<Pending> next(int limit) {
                    return inner.next(limit).reversed();
                  }
                }),
        mistake(
            "knows no limit",
            "pending_events_come_in_the_order_of_their_sequence_up_to_the_limit",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<Pending> next(int limit) {
                    return inner.next(10_000);
                  }
                }),
        mistake(
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
        mistake(
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
        mistake(
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
        mistake(
            "stops everybody's events behind one that was refused",
            "a_quarantined_event_and_its_users_later_ones_are_not_pending",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<Pending> next(int limit) {
                    return inner.quarantined(1).isEmpty() ? inner.next(limit) : List.of();
                  }
                }),
        mistake(
            "retries an event that was dropped",
            "a_dropped_event_is_gone_for_good_and_its_users_later_ones_are_pending",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<EventId> drop(Collection<EventId> ids) {
                    return inner.retry(ids);
                  }
                }),
        mistake(
            "counts what was set aside towards the limit",
            "what_is_held_back_takes_no_room_among_the_next",
            inner ->
                new DecoratedOutbox(inner) {
                  @Override
                  public List<Pending> next(int limit) {
                    return inner.next(limit - inner.quarantined(limit).size());
                  }
                }),
        mistake(
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
        mistake(
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
                }));
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

  private static Mistake mistake(String what, String rule, Function<Outbox, Outbox> mistaken) {
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
}
