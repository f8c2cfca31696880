package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.EventLog.Logged;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driving.OperateEvents.OfTenant;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.OperateEvents.Since;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Selections of a log whose events lie far apart. */
final class SelectionTest {

  private static final int OLD = 20_000;

  @Test
  void few_events_are_found_among_very_many_sequences() {
    try (var store = new PostgresFixture()) {
      for (var sequence : List.of(70L, 250_069L, 250_070L, 450_070L, 2_000_000L)) {
        PostgresFixture.execute(
            "alter table user_events alter column seq restart with " + sequence);
        store.users().commit(commit(user(ACME, sequence + "@example.org")));
      }
      var deliveries =
          store.outbox().next(10).stream().map(event -> new Delivery(event, event.sequence()));
      store.outbox().delivered(store.holder(), deliveries.toList());

      for (var selection : List.of(new OfTenant(ACME), new Since(START))) {
        assertThat(sequences(store, selection, 0, 3)).containsExactly(70L, 250_069L, 250_070L);
        assertThat(sequences(store, selection, 250_070, 3)).containsExactly(450_070L, 2_000_000L);
        assertThat(sequences(store, selection, 2_000_000, 3)).isEmpty();
      }
    }
  }

  @Test
  void what_is_too_old_is_passed_over_unread() {
    try (var store = new PostgresFixture()) {
      PostgresFixture.execute(
          """
          insert into user_events (id, type, tenant_id, user_id, version, at, payload)
          select gen_random_uuid(), 'user.created', 'acme', gen_random_uuid(), 1, now(), '{}'
          from generate_series(1, %d)
          """
              .formatted(OLD),
          "vacuum analyze user_events"); // which also says in the index how old they are
      var before = Reads.rows();

      assertThat(sequences(store, new Since(Instant.now().plusSeconds(3_600)), 0, 3)).isEmpty();

      assertThat(Reads.rows() - before).as("rows read").isLessThan(OLD / 4);
    }
  }

  private static List<Long> sequences(
      PostgresFixture store, Selection selection, long after, int limit) {
    return store.log().select(selection, after, limit).stream().map(Logged::sequence).toList();
  }
}
