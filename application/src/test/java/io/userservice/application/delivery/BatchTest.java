package io.userservice.application.delivery;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.domain.user.ActiveUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BatchTest {
  private final ActiveUser ana = user(ACME, "ana@example.org");
  private final ActiveUser bob = user(ACME, "bob@example.org");
  private final Pending ana1 = new Pending(1, event(ana));
  private final Pending bob1 = new Pending(2, event(bob));
  private final Pending ana2 = new Pending(3, event(changed(ana, profile("ana@example.org", "A"))));
  private final Pending bob2 = new Pending(4, event(changed(bob, profile("bob@example.org", "B"))));
  private final Batch batch = new Batch(List.of(ana1, bob1, ana2, bob2));

  private final List<List<Publication>> waves = new ArrayList<>();
  private final Map<Pending, Outcome> outcomes = new HashMap<>();

  @Test
  void each_users_next_event_goes_when_the_one_before_is_acknowledged() {
    publish();

    assertThat(waves).containsExactly(sent(ana1, bob1), sent(ana2, bob2));
    assertThat(batch.receipts())
        .extracting(Batch.Receipt::pending)
        .containsExactly(ana1, bob1, ana2, bob2);
    assertThat(batch.isStuck()).isFalse();
  }

  @Test
  void receipts_are_in_the_order_of_the_stream() {
    outcomes.put(ana1, new Acknowledged(8, false));
    outcomes.put(bob1, new Acknowledged(7, false));

    publish();

    assertThat(batch.receipts())
        .extracting(Batch.Receipt::pending)
        .containsExactly(ana2, bob2, bob1, ana1);
  }

  @Test
  void behind_a_refusal_nothing_of_its_user_goes() {
    outcomes.put(ana1, new Refused("too large"));

    publish();

    assertThat(waves).containsExactly(sent(ana1, bob1), sent(bob2));
    assertThat(batch.refusals()).containsExactly(new Batch.Refusal(ana1, "too large"));
    assertThat(batch.isStuck()).isFalse();
  }

  @Test
  void where_all_are_refused_nothing_more_is_sent() {
    outcomes.put(ana1, new Refused("too large"));
    outcomes.put(bob1, new Refused("too large"));

    publish();

    assertThat(waves).hasSize(1);
  }

  @Test
  void behind_an_unknown_outcome_nothing_goes_and_the_first_reason_is_told() {
    outcomes.put(ana1, new Unknown("first"));
    outcomes.put(bob1, new Unknown("second"));

    publish();

    assertThat(waves).hasSize(1);
    assertThat(batch.isStuck()).isTrue();
    assertThat(batch.postponement()).contains(new Batch.Refusal(ana1, "first"));
    assertThat(batch.receipts()).isEmpty();
  }

  private void publish() {
    batch.publish(
        wave -> {
          waves.add(wave);
          return wave.stream().map(this::outcome).toList();
        });
  }

  private Outcome outcome(Publication publication) {
    return List.of(ana1, bob1, ana2, bob2).stream()
        .filter(pending -> pending.event().equals(publication.event()))
        .map(pending -> outcomes.getOrDefault(pending, new Acknowledged(pending.sequence(), false)))
        .findFirst()
        .orElseThrow();
  }

  private static List<Publication> sent(Pending... pending) {
    return List.of(pending).stream().map(one -> Publication.of(one.event())).toList();
  }
}
