package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.userservice.adapter.persistence.testserver.PostgresServer;
import io.userservice.application.driven.StoreRefused;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.testkit.Users;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * What a migration meets that may not or cannot be. Each on a database of its own; Flyway, which
 * lowers letters, needs the locale left alone.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.LOCALE, mode = ResourceAccessMode.READ)
final class MigrationRefusedTest {

  @Test
  void a_database_that_goes_amid_a_migration_is_no_bug_either() throws Exception {
    var database = PostgresServer.newDatabase();
    try {
      var there = new AtomicInteger(2); // who looks has two
      var leaving =
          new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
              if (there.getAndDecrement() <= 0) {
                throw new SQLException("gone", "08006");
              }
              return database.dataSource().getConnection();
            }
          };

      assertThatThrownBy(() -> SchemaMigration.run(leaving))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("gone");
    } finally {
      PostgresServer.drop(database);
    }
  }

  @Test
  void a_role_that_may_not_make_the_schema_is_told_what_it_lacks() {
    var database = PostgresServer.newDatabase();
    var guest = PostgresServer.newGuest(database);
    try {
      assertThatThrownBy(() -> SchemaMigration.run(guest.dataSource()))
          .isInstanceOf(StoreRefused.class)
          .hasMessage(
              "permission denied for schema public (grant create on schema public to %s)",
              guest.user())
          .hasNoCause(); // asked before; Flyway would have tried for nine seconds
    } finally {
      PostgresServer.drop(database);
      PostgresServer.dropGuest(guest);
    }
  }

  @Test
  void a_role_that_may_not_look_at_the_schema_is_told_what_it_lacks() {
    var database = PostgresServer.newDatabase();
    var guest = PostgresServer.newGuest(database);
    try {
      SchemaMigration.run(database.dataSource());

      for (var attempt : attempts(guest.dataSource())) {
        assertThatThrownBy(attempt)
            .isInstanceOf(StoreRefused.class)
            .hasMessage("permission denied for table flyway_schema_history");
      }
    } finally {
      PostgresServer.drop(database);
      PostgresServer.dropGuest(guest);
    }
  }

  @Test
  void a_role_that_may_not_connect_is_told_what_it_lacks() throws Exception {
    var database = PostgresServer.newDatabase();
    var guest = PostgresServer.newGuest(database);
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var pool = new HikariDataSource()) {
      statement.execute("revoke connect on database %s from public".formatted(database.database()));
      pool.setDataSource(guest.dataSource());
      pool.setConnectionTimeout(1_000);
      pool.setInitializationFailTimeout(-1);

      for (var attempt : attempts(pool)) {
        assertThatThrownBy(attempt)
            .isInstanceOf(StoreRefused.class)
            .hasMessageContaining("permission denied for database");
      }
    } finally {
      PostgresServer.drop(database);
      PostgresServer.dropGuest(guest);
    }
  }

  private static List<ThrowingCallable> attempts(DataSource dataSource) {
    return List.of(
        () -> SchemaMigration.run(dataSource), () -> SchemaMigration.isComplete(dataSource));
  }

  @Test
  void a_host_that_nobody_knows_is_named() {
    var nowhere =
        new PGSimpleDataSource() {
          @Override
          public Connection getConnection() throws SQLException { // as the pool does
            throw new SQLTransientConnectionException(
                "timed out",
                new PSQLException(
                    "The connection attempt failed.",
                    PSQLState.CONNECTION_UNABLE_TO_CONNECT,
                    new UnknownHostException("db.invalid")));
          }
        };

    assertThatThrownBy(() -> SchemaMigration.run(nowhere))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessage(
            "can't connect: The connection attempt failed. (UnknownHostException: db.invalid)");
  }

  @Test
  void a_database_that_is_away_is_no_bug() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});

    assertThatThrownBy(() -> SchemaMigration.run(nowhere))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("can't connect");
    assertThatThrownBy(
            () ->
                new Persistence(nowhere, () -> {})
                    .users()
                    .find(Users.user(Users.ACME, "a@b").key()))
        .isInstanceOf(StoreUnavailable.class);
  }
}
