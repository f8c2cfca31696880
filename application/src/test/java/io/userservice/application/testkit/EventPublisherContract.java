package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link EventPublisher}, one test each. */
public abstract class EventPublisherContract {
  private Fixture stream;

  /** The adapter under test, over an empty stream. Called once for each test. */
  protected abstract Fixture fixture();

  /** A publisher and the stream behind it. */
  public interface Fixture extends AutoCloseable {
    EventPublisher publisher();

    /** The ids and payloads in the stream, in order, as {@code id payload}. */
    List<String> stored();

    /** Makes the broker unreachable. */
    void away();

    /** Makes it reachable again, with what it had stored. */
    void back();

    /** More bytes than the broker takes in one event. */
    int tooManyBytes();

    @Override
    void close();
  }

  @BeforeEach
  final void openStream() {
    stream = fixture();
  }

  @AfterEach
  final void closeStream() {
    stream.close();
  }

  @Test
  void events_are_in_the_stream_in_order_with_their_payload_byte_for_byte() {
    var events = someEvents(700);

    var outcomes = stream.publisher().publish(events);

    assertThat(outcomes).hasSize(700).allMatch(Acknowledged.class::isInstance);
    assertThat(stream.stored()).isEqualTo(events.stream().map(this::asStored).toList());
  }

  @Test
  void acknowledgements_carry_the_sequence_in_the_stream() {
    var outcomes = stream.publisher().publish(someEvents(3));

    assertThat(outcomes)
        .containsExactly(
            new Acknowledged(1, false), new Acknowledged(2, false), new Acknowledged(3, false));
  }

  @Test
  void an_event_that_is_sent_again_is_in_the_stream_once() {
    var events = someEvents(2);
    stream.publisher().publish(events);

    var again = stream.publisher().publish(events);

    assertThat(again).containsExactly(new Acknowledged(1, true), new Acknowledged(2, true));
    assertThat(stream.stored()).hasSize(2);
  }

  @Test
  void an_event_that_is_too_large_is_refused_and_the_others_are_not() {
    var events = someEvents(3);
    events.set(1, withPayload(events.get(1), "\"" + "x".repeat(stream.tooManyBytes()) + "\""));

    var outcomes = stream.publisher().publish(events);

    assertThat(outcomes.get(0)).isInstanceOf(Acknowledged.class);
    assertThat(outcomes.get(1)).isInstanceOf(Refused.class);
    assertThat(outcomes.get(2)).isInstanceOf(Acknowledged.class);
    assertThat(stream.stored()).containsExactly(asStored(events.get(0)), asStored(events.get(2)));
  }

  @Test
  void a_broker_that_is_away_refuses_nothing_and_takes_all_when_it_is_back() {
    var events = someEvents(5);
    stream.away();
    var outcomes = stream.publisher().publish(events);

    assertThat(outcomes).hasSize(5).allMatch(Unknown.class::isInstance);

    stream.back();
    assertThat(stream.publisher().publish(events)).allMatch(Acknowledged.class::isInstance);
    assertThat(stream.stored()).isEqualTo(events.stream().map(this::asStored).toList());
  }

  @Test
  void nothing_published_is_nothing_answered() {
    assertThat(stream.publisher().publish(List.of())).isEmpty();
  }

  private static List<RecordedEvent> someEvents(int count) {
    var events = new ArrayList<RecordedEvent>();
    for (var i = 0; i < count; i++) {
      events.add(event(user(ACME, "u" + i + "@example.org")));
    }
    return events;
  }

  private static RecordedEvent withPayload(RecordedEvent event, String payload) {
    return new RecordedEvent(
        event.id(),
        event.type(),
        event.user(),
        event.version(),
        event.at(),
        event.actor(),
        event.trace(),
        new JsonText(payload));
  }

  private String asStored(RecordedEvent event) {
    return event.id() + " " + event.payload();
  }
}
