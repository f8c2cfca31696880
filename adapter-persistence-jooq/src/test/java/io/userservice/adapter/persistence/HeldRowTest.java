package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.persistence.Effect.Written;
import io.userservice.application.driven.Commit;
import io.userservice.domain.user.ActiveUser;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever needs a row that somebody else has locked, an operator say, waits alone. */
final class HeldRowTest {
  /** Less than the connection lets a statement wait for a lock. */
  private static final long SOON = 9;

  private final PostgresFixture store = new PostgresFixture();
  private final Turnstile turnstile = new Turnstile(PostgresFixture.dataSource());
  private final WriteCombiner commits = new WriteCombiner(turnstile, new RecentQueue(), () -> {});
  private final List<ActiveUser> users =
      List.of(user(ACME, "ana@example.org"), user(ACME, "ben@example.org"));
  private Connection holder;

  @BeforeEach
  void hold() throws SQLException {
    users.forEach(user -> store.users().commit(commit(user)));
    holder = PostgresFixture.freshConnection();
    holder.setAutoCommit(false);
    execute("select from users where email = 'ana@example.org' for update");
  }

  @AfterEach
  void close() throws SQLException {
    holder.close();
    store.close();
  }

  @Test
  void one_that_went_alone_keeps_nobody_waiting() throws Exception {
    turnstile.open();

    var held = asked(next(users.getFirst()));

    assertWaitsAlone(held, asked(next(users.getLast())));
  }

  @Test
  void one_of_a_batch_keeps_nobody_waiting() throws Exception {
    var first = asked(commit(user(ACME, "first@example.org")));
    var held = asked(next(users.getFirst()));
    var neighbour = asked(next(users.getLast()));

    turnstile.open();

    assertThat(first.get()).isInstanceOf(Written.class);
    assertWaitsAlone(held, neighbour);
  }

  /** Also one that only wants the address that another transaction gives to a user. */
  @Test
  void one_that_waits_for_an_address_keeps_nobody_waiting() throws Exception {
    execute("update users set email_key = 'eve@example.org' where email = 'ana@example.org'");
    turnstile.open();

    var held = asked(commit(user(ACME, "eve@example.org")));

    assertWaitsAlone(held, asked(next(users.getLast())));
  }

  private void assertWaitsAlone(FutureTask<Effect> held, FutureTask<Effect> neighbour)
      throws Exception {
    assertThat(neighbour.get(SOON, TimeUnit.SECONDS)).isInstanceOf(Written.class);
    assertThat(held).isNotDone();
    holder.rollback();
    assertThat(held.get()).isInstanceOf(Written.class);
  }

  private static Commit next(ActiveUser user) {
    return commit(changed(user, profile(user.profile().email().value(), "Another")));
  }

  private FutureTask<Effect> asked(Commit commit) {
    var answer = new FutureTask<>(() -> commits.commit(commit));
    var thread = Thread.ofPlatform().start(answer);
    await()
        .until(
            () -> thread.getState().name().endsWith("WAITING") || isWaiting() || answer.isDone());
    return answer;
  }

  /** Somebody, for a transaction to end. */
  private static boolean isWaiting() throws SQLException {
    try (var connection = PostgresFixture.freshConnection();
        var row =
            connection
                .createStatement()
                .executeQuery("select exists (select from pg_locks where not granted)")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = holder.createStatement()) {
      statement.execute(sql);
    }
  }
}
