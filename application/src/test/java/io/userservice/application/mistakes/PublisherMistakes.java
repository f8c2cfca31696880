package io.userservice.application.mistakes;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.driven.EventPublisher.Stored;
import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import io.userservice.application.testkit.DecoratedPublisher;
import io.userservice.application.testkit.EventPublisherContract;
import io.userservice.application.testkit.InMemoryStreamFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What adapters of the publisher get wrong. */
final class PublisherMistakes {
  private PublisherMistakes() {}

  static List<Mistake> all() {
    return List.of(
        sending(
            "acknowledges too early, before the last event is sent",
            "events_are_in_the_stream_in_order_with_their_payload_byte_for_byte",
            (session, events, permitted) -> {
              var some = events.subList(0, Math.max(0, events.size() - 1));
              var outcomes = new ArrayList<>(session.publish(some, permitted));
              while (outcomes.size() < events.size()) {
                outcomes.add(new Acknowledged(events.size(), false));
              }
              return outcomes;
            }),
        sending(
            "reorders events",
            "events_are_in_the_stream_in_order_with_their_payload_byte_for_byte",
            (session, events, permitted) ->
                session.publish(events.reversed(), permitted).reversed()),
        sending(
            "counts acknowledgements from zero",
            "acknowledgements_carry_the_sequence_in_the_stream",
            (session, events, permitted) ->
                session.publish(events, permitted).stream()
                    .map(PublisherMistakes::oneLess)
                    .toList()),
        sending(
            "sends each time under another id",
            "an_event_that_is_sent_again_is_in_the_stream_once",
            (session, events, permitted) ->
                session.publish(
                    events.stream()
                        .map(
                            publication ->
                                new Publication(
                                    new EventId(UUID.randomUUID()), publication.event()))
                        .toList(),
                    permitted)),
        sending(
            "sends a replay under the event's own id",
            "a_replay_is_stored_beside_the_event_under_an_id_of_its_own",
            (session, events, permitted) ->
                session.publish(
                    events.stream().map(replay -> Publication.of(replay.event())).toList(),
                    permitted)),
        sending(
            "says nothing of what was refused",
            "an_event_that_is_too_large_is_refused_and_the_others_are_not",
            (session, events, permitted) ->
                session.publish(events, permitted).stream()
                    .filter(outcome -> !(outcome instanceof Refused))
                    .toList()),
        sending(
            "sends what isn't permitted any more",
            "nothing_is_sent_once_that_is_not_permitted",
            (session, events, _) -> session.publish(events, () -> true)),
        mistake(
            "takes a broker that is away for a refusal",
            "a_broker_that_is_away_refuses_nothing_and_takes_all_when_it_is_back",
            inner ->
                new DecoratedPublisher(inner) {
                  @Override
                  public synchronized Session session() {
                    try {
                      return super.session();
                    } catch (StreamUnavailable _) {
                      return new Refusing();
                    }
                  }
                }),
        mistake(
            "gives another session each time",
            "a_session_stays_the_same_until_it_is_interrupted",
            inner ->
                new DecoratedPublisher(inner) {
                  @Override
                  public synchronized Session session() {
                    return new DecoratedPublisher(inner).session();
                  }
                }));
  }

  private static Outcome oneLess(Outcome outcome) {
    return outcome instanceof Acknowledged(var sequence, var duplicate)
        ? new Acknowledged(sequence - 1, duplicate)
        : outcome;
  }

  private static final class Refusing implements Session {
    @Override
    public StreamState look() {
      throw new StreamUnavailable("away");
    }

    @Override
    public List<Stored> stored(long from, int limit) {
      throw new StreamUnavailable("away");
    }

    @Override
    public List<Outcome> publish(List<Publication> events, BooleanSupplier permitted) {
      return events.stream().<Outcome>map(_ -> new Refused("away")).toList();
    }
  }

  private interface Sending {
    List<Outcome> publish(Session session, List<Publication> events, BooleanSupplier permitted);
  }

  private static Mistake sending(String what, String rule, Sending mistaken) {
    return mistake(
        what,
        rule,
        inner ->
            new DecoratedPublisher(inner) {
              @Override
              protected List<Outcome> publish(
                  Session behind, List<Publication> events, BooleanSupplier permitted) {
                return mistaken.publish(behind, events, permitted);
              }
            });
  }

  private static Mistake mistake(
      String what, String rule, Function<EventPublisher, EventPublisher> mistaken) {
    return new Mistake(
        what,
        Suites.OfPublisher.class,
        rule,
        () -> new MistakenStream(new InMemoryStreamFixture(), mistaken));
  }

  private static final class MistakenStream implements EventPublisherContract.Fixture {
    private final EventPublisherContract.Fixture inner;
    private final EventPublisher mistaken;

    MistakenStream(
        EventPublisherContract.Fixture inner, Function<EventPublisher, EventPublisher> mistaken) {
      this.inner = inner;
      this.mistaken = mistaken.apply(inner.publisher());
    }

    @Override
    public EventPublisher publisher() {
      return mistaken;
    }

    @Override
    public List<String> stored() {
      return inner.stored();
    }

    @Override
    public void away() {
      inner.away();
    }

    @Override
    public void back() {
      inner.back();
    }

    @Override
    public int tooManyBytes() {
      return inner.tooManyBytes();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
