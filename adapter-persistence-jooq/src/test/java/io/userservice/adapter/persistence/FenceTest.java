package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox.Delivery;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is written for the stream while another is about to take the lease over. */
final class FenceTest {
  private final PostgresFixture postgres = new PostgresFixture();

  @Test
  void marks_wait_for_who_takes_the_lease_over_and_arent_made() throws SQLException {
    postgres.users().commit(commit(user(ACME, "ana@example.org")));
    var pending = postgres.outbox().next(1).getFirst();
    var holder = postgres.holder();

    whileAnotherTakesOver(
        () -> postgres.outbox().delivered(holder, List.of(new Delivery(pending, 1))));

    assertThat(postgres.outbox().next(1)).containsExactly(pending);
  }

  @Test
  void repairs_wait_for_who_takes_the_lease_over_and_arent_made() throws SQLException {
    postgres.users().commit(commit(user(ACME, "ana@example.org")));
    var holder = postgres.holder();
    var pending = postgres.outbox().next(1).getFirst();
    postgres.outbox().delivered(holder, List.of(new Delivery(pending, 1)));

    whileAnotherTakesOver(() -> postgres.ledger().reopen(holder, 0, Optional.empty(), 1));

    assertThat(postgres.outbox().next(1)).isEmpty();
  }

  private static void whileAnotherTakesOver(Runnable late) throws SQLException {
    try (var other = PostgresFixture.dataSource().getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("update relay_lease set token = token + 1");
      var end = CompletableFuture.runAsync(late);
      await().until(() -> end.isDone() || isSomebodyWaiting());
      assertThat(end).as("waits").isNotDone();

      other.commit();

      assertThatThrownBy(end::join).hasCauseInstanceOf(LeaseGone.class);
    }
  }

  private static boolean isSomebodyWaiting() throws SQLException {
    try (var connection = PostgresFixture.dataSource().getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select exists (select from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock')
                """)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
