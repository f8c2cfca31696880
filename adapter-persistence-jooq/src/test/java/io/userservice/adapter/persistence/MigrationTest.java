package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.adapter.persistence.testserver.PostgresServer;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.testkit.Users;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

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
