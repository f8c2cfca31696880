package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Commit;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.UserKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What many at once cost in rows that PostgreSQL reads, when its plans are from the time when there
 * was next to nothing in the tables.
 */
final class BatchPlanTest {
  private static final int MANY = 20_000;
  private static final int BATCH = 50;

  /** The driver has PostgreSQL keep a plan from the fifth time on, PostgreSQL from the tenth. */
  private static final int OFTEN_ENOUGH = 20;

  private final PostgresFixture postgres = new PostgresFixture();
  private Connection connection;
  private int number;

  @BeforeEach
  void plans_of_quiet_days() throws SQLException {
    connection = PostgresFixture.freshConnection();
    PostgresFixture.execute("alter table users set (autovacuum_enabled = off)");
    PostgresFixture.execute("alter table idempotency_keys set (autovacuum_enabled = off)");
    PostgresFixture.execute("alter table outbox set (autovacuum_enabled = off)");
    PostgresFixture.execute("vacuum analyze users, idempotency_keys, outbox");
    for (var i = 0; i < OFTEN_ENOUGH; i++) {
      createChangeAndFind();
      for (var sort : Sort.values()) {
        page(sort);
      }
    }
    PostgresFixture.execute(
        """
        insert into users (tenant_id, id, email, email_key, name, name_key, attributes, version,
                           created_at, updated_at)
        select 'acme', gen_random_uuid(), n, n, n, n, '{}', 1, now(), now()
        from generate_series(1, %d) as n
        """
            .formatted(MANY),
        """
        insert into idempotency_keys
        select 'acme', n, n, gen_random_uuid(), n, n, '{}', now(), now() + interval '1 day'
        from generate_series(1, %d) as n
        """
            .formatted(MANY),
        """
        insert into outbox select 1000000 + n, gen_random_uuid() from generate_series(1, %d) as n
        """
            .formatted(MANY));
  }

  @AfterEach
  void end() throws SQLException {
    connection.close();
    PostgresFixture.execute("alter table users reset (autovacuum_enabled)");
    PostgresFixture.execute("alter table idempotency_keys reset (autovacuum_enabled)");
    PostgresFixture.execute("alter table outbox reset (autovacuum_enabled)");
    postgres.close();
  }

  private void createChangeAndFind() throws SQLException {
    var made = List.of(create(), create());
    written(made);
    written(changes(made));
    find(made);
  }

  @Test
  void no_batch_reads_what_it_has_nothing_to_do_with() throws SQLException {
    var made = new ArrayList<Commit>();
    for (var i = 0; i < BATCH; i++) {
      made.add(create());
    }
    var before = Reads.rows(connection);

    written(made);

    assertThat(Reads.rows(connection) - before).as("rows read to create").isLessThan(5 * BATCH);
    before = Reads.rows(connection);

    written(changes(made));

    assertThat(Reads.rows(connection) - before).as("rows read to change").isLessThan(5 * BATCH);
    before = Reads.rows(connection);

    find(made);

    assertThat(Reads.rows(connection) - before).as("rows read to find").isLessThan(5 * BATCH);
  }

  @ParameterizedTest
  @EnumSource
  void no_page_reads_what_it_does_not_show(Sort sort) throws SQLException {
    var before = Reads.rows(connection);

    page(sort);

    assertThat(Reads.rows(connection) - before).as("rows read").isLessThan(5 * BATCH);
  }

  private void page(Sort sort) throws SQLException {
    new JooqUserDirectory(DSL.using(SQLDialect.POSTGRES), PostgresFixture.dataSource())
        .list(connection, ACME, new UserQuery(Filter.NONE, sort, BATCH, Optional.empty()));
  }

  @Test
  void no_batch_is_planned_anew_because_of_its_size() throws SQLException {
    for (var size = 2; size < 20; size++) {
      var made = new ArrayList<Commit>();
      for (var i = 0; i < size; i++) {
        made.add(create());
      }
      written(made);
      find(made);
    }

    Plans.assertKept(connection, "with input");
    Plans.assertKept(connection, "select found");
  }

  /** PostgreSQL would compare what the first plans were to cost, when there was next to nothing. */
  @Test
  void no_batch_is_planned_anew_because_the_tables_have_grown() throws SQLException {
    PostgresFixture.execute("analyze users, idempotency_keys, outbox");
    for (var i = 0; i < OFTEN_ENOUGH; i++) {
      createChangeAndFind();
      OutboxStatements.delivered(connection, postgres.holder(), List.of());
    }

    Plans.assertKept(connection, "with input");
    Plans.assertKept(connection, "select found");
    Plans.assertKept(connection, "with lease");
  }

  @Test
  void what_is_asked_alone_is_not_planned_anew() throws SQLException {
    for (var i = 0; i < OFTEN_ENOUGH; i++) {
      var made = List.of(create());
      alone(made.getFirst());
      alone(changes(made).getFirst());
      find(made);
    }

    var find = FindStatement.ONE.substring(0, FindStatement.ONE.indexOf('?'));
    Plans.assertKept(connection, "with lock");
    Plans.assertKept(connection, "with written");
    Plans.assertKept(connection, find);
  }

  private void alone(Commit commit) throws SQLException {
    assertThat(CommitStatement.hurry(connection, commit)).isInstanceOf(Effect.Written.class);
  }

  private Commit create() {
    var unique = "u" + ++number;
    return commit(user(ACME, unique + "@example.org"), unique, "print");
  }

  private static List<Commit> changes(List<Commit> made) {
    return made.stream()
        .map(
            create ->
                commit(
                    changed(
                        (ActiveUser) create.user(),
                        profile(create.user().profile().email().value(), "Another"))))
        .toList();
  }

  private void written(List<Commit> commits) throws SQLException {
    assertThat(BatchStatement.execute(connection, commits))
        .hasSameSizeAs(commits)
        .allMatch(Effect.Written.class::isInstance);
  }

  private void find(List<Commit> made) throws SQLException {
    var keys = made.stream().<UserKey>map(commit -> commit.user().key()).toList();
    assertThat(FindStatement.execute(connection, keys)).hasSameSizeAs(keys);
  }
}
