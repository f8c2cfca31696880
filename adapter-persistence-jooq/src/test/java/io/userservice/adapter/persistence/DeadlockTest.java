package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.UserStore.Committed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two transactions that wait for each other, of which PostgreSQL undoes one: ours. */
final class DeadlockTest {
  private final PostgresFixture store = new PostgresFixture();

  /** It is alone: what travels together gives up waiting before a deadlock is looked for. */
  @Test
  void a_change_that_was_undone_for_others_is_made_again() throws Exception {
    var ana = user(ACME, "ana@example.org");
    store.users().commit(commit(ana));
    var wanted = commit(changed(ana, profile("bea@example.org")));
    try (var other = PostgresFixture.dataSource().getConnection()) {
      other.setAutoCommit(false);
      execute(other, "set local deadlock_timeout = '1min'"); // so that it isn't the one undone
      CommitStatement.execute(other, commit(user(ACME, "bea@example.org")));
      var transaction = text(other, "select pg_current_xact_id()");
      var outcome = CompletableFuture.supplyAsync(() -> store.users().commit(wanted));
      for (var i = 0; i < 2; i++) {
        await().until(() -> somebodyWaitsLongFor(transaction));
        var before = other.setSavepoint();

        execute(other, "update users set name = name where email = 'ana@example.org'");

        other.rollback(before);
      }
      await().until(() -> somebodyWaitsLongFor(transaction));
      other.rollback();
      assertThat(outcome.get()).isEqualTo(new Committed());
    }
  }

  private static boolean somebodyWaitsLongFor(String transaction) throws SQLException {
    try (var connection = PostgresFixture.dataSource().getConnection()) {
      return text(
              connection,
              """
              select exists (
                select from pg_locks join pg_stat_activity using (pid)
                where not granted and transactionid = '%s'
                  and query_start < clock_timestamp() - interval '500 ms')
              """
                  .formatted(transaction))
          .equals("t");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
