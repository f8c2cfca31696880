package io.userservice.adapter.persistence;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.userservice.adapter.persistence.testserver.PostgresServer;
import io.userservice.adapter.persistence.testserver.ServerAddress;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.testkit.Users;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.postgresql.ds.PGSimpleDataSource;

/** Each on a database of its own; Flyway, which lowers letters, needs the locale left alone. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.LOCALE, mode = ResourceAccessMode.READ)
final class MigrationTest {

  @Test
  void instances_that_start_together_migrate_once() throws Exception {
    var database = PostgresServer.newDatabase();
    try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
      var counts = new ArrayList<java.util.concurrent.Future<Integer>>();
      for (var i = 0; i < 4; i++) {
        counts.add(instances.submit(() -> SchemaMigration.run(database.dataSource())));
      }
      var total = 0;
      for (var count : counts) {
        total += count.get();
      }
      assertThat(total).isEqualTo(migrations());
    } finally {
      PostgresServer.drop(database);
    }
  }

  private static int migrations() {
    var database = PostgresServer.newDatabase();
    try {
      return SchemaMigration.run(database.dataSource());
    } finally {
      PostgresServer.drop(database);
    }
  }

  @Test
  void a_migration_may_take_longer_than_a_request() throws Exception {
    var database = PostgresServer.newDatabase();
    var impatient = (PGSimpleDataSource) database.dataSource();
    impatient.setSocketTimeout(1);
    try (var instance = Executors.newVirtualThreadPerTaskExecutor();
        var obstacle = database.dataSource().getConnection();
        var watch = database.dataSource().getConnection()) {
      obstacle.setAutoCommit(false);
      obstacle.createStatement().execute("create table users ()");

      var migrating = instance.submit(() -> SchemaMigration.run(impatient));
      await().atMost(10, SECONDS).until(() -> hasWaitedForMillis(watch, 1_500));
      obstacle.rollback();

      assertThat(migrating.get()).isPositive();
    } finally {
      PostgresServer.drop(database);
    }
  }

  @Test
  void what_nobody_waits_for_any_more_ends() throws Exception {
    var database = PostgresServer.newDatabase();
    var connections = new CopyOnWriteArrayList<Connection>();
    try (var instance = Executors.newVirtualThreadPerTaskExecutor();
        var obstacle = database.dataSource().getConnection();
        var watch = database.dataSource().getConnection()) {
      obstacle.setAutoCommit(false);
      obstacle.createStatement().execute("create table users ()");
      var migrating = instance.submit(() -> SchemaMigration.run(recording(database, connections)));
      await().atMost(10, SECONDS).until(() -> hasWaitedForMillis(watch, 0));

      for (var connection : connections) {
        connection.abort(Runnable::run); // as the end of a process does
      }

      assertThatThrownBy(migrating::get).hasCauseInstanceOf(StoreUnavailable.class);
      await().atMost(10, SECONDS).until(() -> !hasWaitedForMillis(watch, 0));
    } finally {
      PostgresServer.drop(database);
    }
  }

  private static DataSource recording(ServerAddress database, List<Connection> connections) {
    return new PGSimpleDataSource() {
      @Override
      public Connection getConnection() throws SQLException {
        var connection = database.dataSource().getConnection();
        connections.add(connection);
        return connection;
      }
    };
  }

  @Test
  void after_a_migration_a_request_has_its_limit_again() throws Exception {
    var database = PostgresServer.newDatabase();
    var impatient = (PGSimpleDataSource) database.dataSource();
    impatient.setSocketTimeout(20);
    try (var pool = new HikariDataSource()) {
      pool.setDataSource(impatient);
      pool.setMaximumPoolSize(2);

      assertThat(SchemaMigration.run(pool)).isPositive();

      try (var one = pool.getConnection();
          var other = pool.getConnection()) {
        assertThat(List.of(one.getNetworkTimeout(), other.getNetworkTimeout()))
            .containsOnly(20_000);
      }
    } finally {
      PostgresServer.drop(database);
    }
  }

  private static boolean hasWaitedForMillis(Connection watch, int millis) throws SQLException {
    try (var statement = watch.createStatement();
        var waiting =
            statement.executeQuery(
                "select from pg_stat_activity where datname = current_database() and "
                    + "wait_event_type = 'Lock' and clock_timestamp() - query_start > "
                    + "interval '%d milliseconds'".formatted(millis))) {
      return waiting.next();
    }
  }

  @Test
  void the_ports_work_as_soon_as_the_schema_is_there() {
    var database = PostgresServer.newDatabase();
    var user = Users.user(Users.ACME, "ana@example.org");
    try {
      var persistence = Persistence.awaitingSchema(database.dataSource(), () -> {});
      assertThat(persistence.isAvailable()).isFalse();
      assertThatThrownBy(() -> persistence.users().find(user.key()))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("schema");

      assertThat(SchemaMigration.run(database.dataSource())).isPositive();
      persistence.schemaIsUpToDate();

      assertThat(persistence.isAvailable()).isTrue();
      assertThat(persistence.users().find(user.key())).isEmpty();
      assertThat(SchemaMigration.run(database.dataSource())).isZero();
    } finally {
      PostgresServer.drop(database);
    }
  }

  @Test
  void a_schema_that_is_up_to_date_is_recognised_without_flyway() throws Exception {
    var database = PostgresServer.newDatabase();
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThat(MigrationHistory.isComplete(connection)).as("an empty database").isFalse();
      statement.execute("select 'no error in the log of an empty database'");
      connection.rollback();
      SchemaMigration.run(database.dataSource());
      assertThat(MigrationHistory.isComplete(connection)).isTrue();

      for (var change :
          List.of("checksum = checksum + 1", "success = false", "script = 'V0__other.sql'")) {
        statement.execute("update flyway_schema_history set " + change + " where version = '2'");
        assertThat(MigrationHistory.isComplete(connection)).as(change).isFalse();
        connection.rollback();
      }
    } finally {
      PostgresServer.drop(database);
    }
  }

  @Test
  void a_migration_that_was_changed_afterwards_is_refused() throws Exception {
    var database = PostgresServer.newDatabase();
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      SchemaMigration.run(database.dataSource());
      statement.execute("update flyway_schema_history set checksum = 1 where version = '2'");

      assertThatThrownBy(() -> SchemaMigration.run(database.dataSource()))
          .isInstanceOf(FlywayException.class)
          .hasMessageContaining("checksum mismatch");
    } finally {
      PostgresServer.drop(database);
    }
  }

  @Test
  void a_schema_that_a_newer_version_made_has_all_that_is_needed() throws Exception {
    var database = PostgresServer.newDatabase();
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      SchemaMigration.run(database.dataSource());
      statement.execute(
          "insert into flyway_schema_history select installed_rank + 1, '999', 'newer', type, "
              + "'V999__newer.sql', checksum, installed_by, installed_on, 1, true "
              + "from flyway_schema_history order by installed_rank desc limit 1");

      assertThat(SchemaMigration.isComplete(database.dataSource())).isTrue();
      assertThat(SchemaMigration.run(database.dataSource())).isZero();

      statement.execute("update flyway_schema_history set success = false where version = '999'");
      assertThat(SchemaMigration.isComplete(database.dataSource())).isFalse();
    } finally {
      PostgresServer.drop(database);
    }
  }

  @Test
  void all_migrations_of_the_folder_are_known() throws Exception {
    var folder = requireNonNull(MigrationTest.class.getResource("/db/migration"));
    try (var files = Files.list(Path.of(folder.toURI()))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(MigrationHistory.SCRIPTS);
    }
  }

  @Test
  void the_secret_of_cursors_is_of_the_database() {
    var one = PostgresServer.newDatabase();
    var other = PostgresServer.newDatabase();
    try {
      SchemaMigration.run(one.dataSource());
      SchemaMigration.run(other.dataSource());

      var secret = new Persistence(one.dataSource(), () -> {}).cursorSecret();
      assertThat(secret).hasSize(32);
      assertThat(new Persistence(one.dataSource(), () -> {}).cursorSecret()).isEqualTo(secret);
      assertThat(new Persistence(other.dataSource(), () -> {}).cursorSecret()).isNotEqualTo(secret);
    } finally {
      PostgresServer.drop(one);
      PostgresServer.drop(other);
    }
  }
}
