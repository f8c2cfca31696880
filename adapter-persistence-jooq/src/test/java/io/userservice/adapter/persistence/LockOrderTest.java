package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.persistence.Effect.Written;
import io.userservice.application.driven.Commit;
import io.userservice.domain.user.ActiveUser;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * In whatever order changes arrive, a batch locks in the one order of all batches: else those of
 * two instances would wait for each other. In a new table rows lie as they were written.
 */
final class LockOrderTest {
  private final PostgresFixture store = new PostgresFixture();
  private final List<ActiveUser> users =
      Stream.of("dan", "ana", "eve", "ben", "cem")
          .map(name -> user(ACME, name + "@example.org"))
          .toList();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void users_are_created_by_address() throws SQLException {
    written(users.stream().map(user -> commit(user)).toList());

    assertThat(asTheyLie("email"))
        .containsExactly(
            "ana@example.org",
            "ben@example.org",
            "cem@example.org",
            "dan@example.org",
            "eve@example.org");
  }

  @Test
  void users_are_changed_in_one_order_whatever_becomes_of_their_address() throws SQLException {
    written(users.stream().map(user -> commit(user)).toList());
    var once = users.stream().map(user -> renamed(user, name -> name)).toList();
    var twice =
        once.reversed().stream().map(user -> renamed(user, LockOrderTest::mirrored)).toList();

    written(once.stream().map(user -> commit(user)).toList());
    var order = asTheyLie("id");
    written(twice.stream().map(user -> commit(user)).toList());

    assertThat(asTheyLie("id")).hasSize(5).isEqualTo(order);
  }

  private static ActiveUser renamed(ActiveUser user, UnaryOperator<String> address) {
    return changed(user, profile(address.apply(user.profile().email().value()), "Another"));
  }

  /** What was first in the alphabet is the last. */
  private static String mirrored(String address) {
    return (char) ('a' + 'z' - address.charAt(0)) + address;
  }

  private static void written(List<Commit> commits) throws SQLException {
    try (var connection = PostgresFixture.dataSource().getConnection()) {
      assertThat(BatchStatement.execute(connection, commits))
          .hasSameSizeAs(commits)
          .allMatch(Written.class::isInstance);
    }
  }

  private static List<String> asTheyLie(String column) throws SQLException {
    try (var connection = PostgresFixture.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select " + column + " from users order by ctid")) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
