package io.userservice.application.mistakes;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Overtaken;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What adapters of the publisher get wrong. */
final class PublisherMistakes {
  private PublisherMistakes() {}

  static List<Mistake> all() {
    return List.of(
        sending(
            "acknowledges too early, before the last event is sent",
            "events_are_in_the_stream_in_order_with_their_payload_byte_for_byte",
            (events, send) -> {
              var some = events.subList(0, Math.max(0, events.size() - 1));
              var outcomes = new ArrayList<>(send.apply(some));
              while (outcomes.size() < events.size()) {
                outcomes.add(new Acknowledged(events.size(), false));
              }
              return outcomes;
            }),
        sending(
            "reorders events",
            "events_are_in_the_stream_in_order_with_their_payload_byte_for_byte",
            (events, send) -> send.apply(events.reversed()).reversed()),
        sending(
            "counts acknowledgements from zero",
            "acknowledgements_carry_the_sequence_in_the_stream",
            (events, send) ->
                send.apply(events).stream().map(outcome -> less(1, outcome)).toList()),
        sending(
            "sends each time under another id",
            "an_event_that_is_sent_again_is_in_the_stream_once",
            (events, send) -> send.apply(underOtherIds(events))),
        sending(
            "sends a replay under the event's own id",
            "a_replay_is_stored_beside_the_event_under_an_id_of_its_own",
            (events, send) ->
                send.apply(events.stream().map(replay -> Publication.of(replay.event())).toList())),
        sending(
            "says nothing of what was refused",
            "an_event_that_is_too_large_is_refused_and_the_others_are_not",
            (events, send) ->
                send.apply(events).stream()
                    .filter(outcome -> !(outcome instanceof Refused))
                    .toList()),
        appending(
            "sends what isn't permitted any more",
            "nothing_is_sent_once_that_is_not_permitted",
            (session, end, events, _) -> session.append(end, events, () -> true)),
        appending(
            "stores an event wherever there is room",
            "an_appended_event_whose_place_is_anothers_isnt_stored",
            (session, _, events, _) -> session.publish(events)),
        appending(
            "wants all events at the same place",
            "appended_events_are_behind_the_end_each_behind_the_one_before_it",
            (session, end, events, permitted) ->
                events.stream()
                    .flatMap(event -> session.append(end, List.of(event), permitted).stream())
                    .toList()),
        appending(
            "gives up a list whose first place is taken",
            "of_appended_events_those_whose_place_is_free_are_stored_there",
            (session, end, events, permitted) ->
                session.look().last() == end
                    ? session.append(end, events, permitted)
                    : events.stream().<Outcome>map(_ -> new Overtaken()).toList()),
        appending(
            "keeps a place for an event that it refused",
            "what_is_appended_behind_an_event_that_is_too_large_is_stored",
            (session, end, events, permitted) ->
                IntStream.range(0, events.size())
                    .mapToObj(i -> session.append(end + i, List.of(events.get(i)), permitted))
                    .flatMap(List::stream)
                    .toList()),
        appending(
            "appends a duplicate once more",
            "an_appended_event_that_is_there_already_is_told_as_a_duplicate",
            (session, end, events, permitted) ->
                session.append(end, underOtherIds(events), permitted)),
        appending(
            "asks whether it may send all before it sends any",
            "permission_is_asked_right_before_each_is_sent",
            (session, end, events, permitted) -> {
              var answers = events.stream().map(_ -> permitted.getAsBoolean()).toList().iterator();
              return session.append(end, events, answers::next);
            }),
        mistake(
            "tells no limit",
            "the_largest_payload_is_told_in_octets_and_is_taken",
            inner ->
                new DecoratedPublisher(inner) {
                  @Override
                  public Optional<Integer> largestPayload() {
                    return Optional.empty();
                  }
                }),
        mistake(
            "tells duplicates within a session only",
            "an_event_that_is_sent_again_after_an_interruption_is_in_the_stream_once",
            inner ->
                new DecoratedPublisher(inner) {
                  private final Session first = inner.session();

                  @Override
                  protected List<Outcome> publish(Session behind, List<Publication> events) {
                    return behind.publish(behind == first ? events : underOtherIds(events));
                  }
                }),
        mistake(
            "counts from one in each session",
            "the_stream_is_the_same_after_an_interruption_and_its_sequences_go_on",
            inner ->
                new DecoratedPublisher(inner) {
                  private final Session first = inner.session();

                  @Override
                  protected List<Outcome> publish(Session behind, List<Publication> events) {
                    var before = behind == first ? 0 : behind.look().last();
                    return behind.publish(events).stream()
                        .map(outcome -> less(before, outcome))
                        .toList();
                  }
                }),
        mistake(
            "takes each session for another stream",
            "the_stream_is_the_same_after_an_interruption_and_its_sequences_go_on",
            inner ->
                new DecoratedPublisher(inner) {
                  private final Session first = inner.session();

                  @Override
                  protected StreamState look(Session behind) {
                    var right = behind.look();
                    var incarnation = behind == first ? right.incarnation() : "another";
                    return new StreamState(
                        incarnation, right.first(), right.last(), right.maxAge());
                  }
                }),
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

  private static Outcome less(long count, Outcome outcome) {
    return outcome instanceof Acknowledged(var sequence, var duplicate)
        ? new Acknowledged(sequence - count, duplicate)
        : outcome;
  }

  private static List<Publication> underOtherIds(List<Publication> events) {
    return events.stream()
        .map(publication -> new Publication(new EventId(UUID.randomUUID()), publication.event()))
        .toList();
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
    public List<Outcome> append(long end, List<Publication> events, BooleanSupplier permitted) {
      return publish(events);
    }

    @Override
    public List<Outcome> publish(List<Publication> events) {
      return events.stream().<Outcome>map(_ -> new Refused("away")).toList();
    }
  }

  private interface Sending {
    List<Outcome> publish(
        List<Publication> events, Function<List<Publication>, List<Outcome>> send);
  }

  private interface Appending {
    List<Outcome> append(
        Session session, long end, List<Publication> events, BooleanSupplier permitted);
  }

  private static Mistake appending(String what, String rule, Appending mistaken) {
    return mistake(
        what,
        rule,
        inner ->
            new DecoratedPublisher(inner) {
              @Override
              protected List<Outcome> append(
                  Session behind, long end, List<Publication> events, BooleanSupplier permitted) {
                return mistaken.append(behind, end, events, permitted);
              }
            });
  }

  private static Mistake sending(String what, String rule, Sending mistaken) {
    return mistake(
        what,
        rule,
        inner ->
            new DecoratedPublisher(inner) {
              @Override
              protected List<Outcome> publish(Session behind, List<Publication> events) {
                return mistaken.publish(events, behind::publish);
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
