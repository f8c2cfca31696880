package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What was committed beside what is in the stream, each read without the service. */
final class Ledgers {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PENDING = "select count(*) from outbox where refusal is null";

  private final String databaseUrl;
  private final String natsUrl;

  Ledgers(String databaseUrl, String natsUrl) {
    this.databaseUrl = databaseUrl;
    this.natsUrl = natsUrl;
  }

  /**
   * Nothing is lost, nothing is there twice, and each user's events are in their order.
   *
   * @param answered what clients were told is done
   */
  void assertAgree(Collection<Change> answered) throws Exception {
    awaitEmptyOutbox();
    var committed = committed();
    var published = published();

    assertThat(without(answered, committed)).as("answered and not committed").isEmpty();
    assertThat(repeated(published)).as("published twice").isEmpty();
    assertThat(without(committed, published)).as("committed and not published").isEmpty();
    assertThat(without(published, committed)).as("published and not committed").isEmpty();
    assertOrder(published);
  }

  private static List<Change> repeated(List<Change> changes) {
    var seen = new HashSet<Change>();
    return changes.stream().filter(change -> !seen.add(change)).toList();
  }

  private static List<Change> without(Collection<Change> changes, List<Change> others) {
    var known = new HashSet<>(others);
    return changes.stream().filter(change -> !known.contains(change)).toList();
  }

  private static void assertOrder(List<Change> published) {
    Map<String, Long> versions = new HashMap<>();
    for (var change : published) {
      assertThat(change.version())
          .as("next version of " + change.user())
          .isEqualTo(versions.merge(change.user(), 1L, Long::sum));
    }
  }

  private void awaitEmptyOutbox() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(() -> assertThat(count(PENDING)).as("pending").isZero());
    await()
        .untilAsserted(
            () -> assertThat(count("select count(*) from outbox")).as("quarantined").isZero());
  }

  long count(String query) throws SQLException {
    try (var connection = connect()) {
      return count(connection, query);
    }
  }

  static long count(java.sql.Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** As others than the service may do. */
  void execute(String statement) throws SQLException {
    try (var connection = connect()) {
      connection.createStatement().execute(statement);
    }
  }

  java.sql.Connection connect() throws SQLException {
    var address = URI.create(databaseUrl);
    var user = address.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d%s"
            .formatted(address.getHost(), address.getPort(), address.getPath()),
        user[0],
        user.length == 2 ? user[1] : "");
  }

  private List<Change> committed() throws SQLException {
    var changes = new ArrayList<Change>();
    try (var connection = connect();
        var rows =
            connection
                .createStatement()
                .executeQuery("select user_id, version from user_events order by seq")) {
      while (rows.next()) {
        changes.add(new Change(rows.getString(1), rows.getLong(2)));
      }
    }
    return changes;
  }

  /** How many events the service knows to be in the stream, or to have been. */
  long marked() throws SQLException {
    return count("select count(*) from deliveries");
  }

  /** How many messages the stream holds. */
  long stored() throws Exception {
    var connection = Nats.connect(natsUrl);
    try {
      return count(connection);
    } finally {
      connection.close();
    }
  }

  private static long count(Connection connection) throws Exception {
    return connection
        .jetStreamManagement()
        .getStreamInfo("USER_EVENTS")
        .getStreamState()
        .getMsgCount();
  }

  private List<Change> published() throws Exception {
    var options = Options.builder().server(natsUrl).errorListener(new Silent()).build();
    var connection = Nats.connect(options);
    try {
      return read(connection);
    } finally {
      connection.close();
    }
  }

  private static List<Change> read(Connection connection) throws Exception {
    var count = count(connection);
    var reader =
        connection
            .jetStream()
            .subscribe(
                ">",
                PushSubscribeOptions.builder().stream("USER_EVENTS")
                    .ordered(true)
                    .configuration(ConsumerConfiguration.builder().headersOnly(true).build())
                    .build());
    var changes = new ArrayList<Change>();
    while (changes.size() < count) {
      var headers =
          Objects.requireNonNull(reader.nextMessage(PATIENCE), "fewer messages than told")
              .getHeaders();
      changes.add(
          new Change(
              headers.getFirst("ce-subject"), Long.parseLong(headers.getFirst("ce-sequence"))));
    }
    return changes;
  }

  /** What the client has to say at each turn of its flow control isn't an error of anybody's. */
  private static final class Silent implements ErrorListener {}
}
