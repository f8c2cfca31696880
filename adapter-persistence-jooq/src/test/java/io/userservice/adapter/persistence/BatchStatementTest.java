package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.persistence.Effect.Written;
import io.userservice.application.driven.Commit;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.User;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * In which order a batch touches rows: two that meet would wait for each other if it were that of
 * arrival. Where a row was put in an empty table tells when.
 */
final class BatchStatementTest {
  private final PostgresFixture store = new PostgresFixture();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void new_users_are_made_in_the_order_of_their_addresses() throws SQLException {
    var zoe = user(ACME, "Zoe@example.org");
    var bea = user(ACME, "bea@example.org");
    var otherBea = user(GLOBEX, "BEA@example.org");
    var ana = user(ACME, "ana@example.org");

    written(List.of(zoe, otherBea, bea, ana));

    assertThat(asTheyWereTouched())
        .containsExactlyElementsOf(ids(List.of(ana, bea, otherBea, zoe)));
  }

  @Test
  void users_are_changed_in_the_order_of_their_ids() throws SQLException {
    var users = Stream.of("a", "b", "c", "d").map(name -> user(ACME, name + "@x.org")).toList();
    written(users);
    var descending =
        users.stream().sorted(Comparator.comparing(BatchStatementTest::id).reversed()).toList();

    written(descending.stream().map(BatchStatementTest::renamed).toList());

    assertThat(asTheyWereTouched()).containsExactlyElementsOf(ids(descending.reversed()));
  }

  private static User renamed(ActiveUser user) {
    return changed(user, profile(user.profile().email().value(), "Another"));
  }

  private static List<UUID> ids(List<ActiveUser> users) {
    return users.stream().map(BatchStatementTest::id).toList();
  }

  private static UUID id(User user) {
    return user.key().id().value();
  }

  private static void written(List<? extends User> users) throws SQLException {
    var commits = new ArrayList<Commit>();
    users.forEach(user -> commits.add(commit(user)));
    try (var connection = PostgresFixture.dataSource().getConnection()) {
      assertThat(BatchStatement.execute(connection, commits))
          .allMatch(Written.class::isInstance)
          .hasSameSizeAs(users);
    }
  }

  private static List<UUID> asTheyWereTouched() throws SQLException {
    try (var connection = PostgresFixture.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select id from users order by ctid")) {
      var ids = new ArrayList<UUID>();
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
      return ids;
    }
  }
}
