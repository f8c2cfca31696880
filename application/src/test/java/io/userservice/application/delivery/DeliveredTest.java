package io.userservice.application.delivery;

import static io.userservice.application.delivery.Delivered.Place.NEXT;
import static io.userservice.application.delivery.Delivered.Place.PAST;
import static io.userservice.application.delivery.Delivered.Place.UNCERTAIN;
import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.delivery.Delivered.Place;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits.Recent;
import io.userservice.domain.user.ActiveUser;
import org.junit.jupiter.api.Test;

final class DeliveredTest {
  /** So many users at least are remembered, those of the last deliveries; twice as many at most. */
  private static final int USERS = 8_192;

  private final Delivered delivered = new Delivered();
  private final ActiveUser ana = user(ACME, "ana@example.org");
  private final ActiveUser again = changed(ana, profile("ana@example.org", "II"));
  private long sequence;

  @Test
  void the_version_after_the_last_one_is_next() {
    delivered.add(pending(ana));

    assertThat(place(ana, false)).isEqualTo(PAST);
    assertThat(place(again, false)).isEqualTo(NEXT);
    assertThat(place(changed(again, profile("ana@example.org", "III")), true)).isEqualTo(UNCERTAIN);
  }

  @Test
  void of_a_user_that_is_not_known_the_first_pending_event_is_next() {
    assertThat(place(again, true)).isEqualTo(NEXT);
    assertThat(place(again, false)).isEqualTo(UNCERTAIN);
  }

  @Test
  void as_many_users_as_are_promised_are_remembered() {
    delivered.add(pending(ana));
    others(USERS);

    assertThat(place(ana, true)).isEqualTo(PAST);
    assertThat(place(again, false)).isEqualTo(NEXT);
  }

  @Test
  void of_more_users_none_is_remembered() {
    delivered.add(pending(ana));
    others(2 * USERS);

    assertThat(place(again, false)).isEqualTo(UNCERTAIN);
  }

  @Test
  void who_has_another_event_delivered_is_remembered_by_that() {
    delivered.add(pending(ana));
    others(USERS - 1);
    delivered.add(pending(again));
    others(USERS - 1);

    assertThat(place(again, true)).isEqualTo(PAST);
  }

  @Test
  void what_is_older_than_something_that_was_forgotten_may_be_past() {
    others(USERS - 1);
    var last = pending(ana);
    delivered.add(last);
    others(USERS);
    assertThat(delivered.ahead().place(new Recent(at(1, again), true))).isEqualTo(NEXT);

    others(1);

    assertThat(delivered.ahead().place(new Recent(at(last.sequence(), again), true)))
        .isEqualTo(UNCERTAIN);
    assertThat(delivered.ahead().place(new Recent(at(last.sequence() + 1, again), true)))
        .isEqualTo(NEXT);
  }

  @Test
  void nothing_is_known_once_it_is_cleared() {
    delivered.add(pending(ana));
    others(USERS);
    delivered.add(pending(ana));

    delivered.clear();

    assertThat(place(again, false)).isEqualTo(UNCERTAIN);
  }

  private void others(int count) {
    for (var i = 0; i < count; i++) {
      delivered.add(pending(user(ACME, "other@example.org")));
    }
  }

  private Place place(ActiveUser user, boolean isFirstPending) {
    return delivered.ahead().place(new Recent(pending(user), isFirstPending));
  }

  private Pending pending(ActiveUser user) {
    return at(++sequence, user);
  }

  private static Pending at(long sequence, ActiveUser user) {
    return new Pending(sequence, event(user));
  }
}
