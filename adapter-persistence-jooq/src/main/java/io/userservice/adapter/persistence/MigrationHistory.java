package io.userservice.adapter.persistence;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What Flyway noted of the migrations that it ran, read without Flyway, whose loading is a good
 * part of a start: most starts find nothing to do. Whatever isn't exactly as expected is for
 * Flyway.
 */
final class MigrationHistory {
  /** All there are, in order; a test holds them against the folder. */
  static final List<String> SCRIPTS =
      List.of(
          "V1__schema.sql",
          "V2__orders_of_deleted_users.sql",
          "V3__streams.sql",
          "V4__old_events.sql",
          "V5__an_offered_lease.sql",
          "V6__events_by_id.sql",
          "V7__fencing_token.sql",
          "V8__an_outbox_that_gets_small.sql",
          "V9__pending_by_user.sql",
          "V10__delivered_at.sql");

  /** Or an empty database would write an error to its log. */
  private static final String IS_THERE = "select to_regclass('flyway_schema_history') is not null";

  private static final String NOTED =
      "select script, checksum, success from flyway_schema_history order by installed_rank";

  private MigrationHistory() {}

  private record Migration(String script, int checksum, boolean success) {}

  /**
   * Whether our migrations were run, each as it is now, and after them at most those of a newer
   * version.
   *
   * @throws SQLException when we may not look
   */
  static boolean isComplete(Connection connection) throws SQLException {
    try {
      return isThere(connection) && isComplete(noted(connection));
    } catch (SQLException failure) {
      if (SqlFailures.isMissingRight(failure)) {
        throw failure;
      }
      return false; // Flyway meets it, too, and says it
    }
  }

  private static boolean isComplete(List<Migration> noted) {
    var ours = ours();
    return noted.stream().limit(ours.size()).toList().equals(ours)
        && noted.stream().allMatch(Migration::success);
  }

  private static boolean isThere(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(IS_THERE)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static List<Migration> noted(Connection connection) throws SQLException {
    var noted = new ArrayList<Migration>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(NOTED)) {
      while (rows.next()) {
        noted.add(new Migration(rows.getString(1), rows.getInt(2), rows.getBoolean(3)));
      }
    }
    return noted;
  }

  private static List<Migration> ours() {
    return SCRIPTS.stream().map(script -> new Migration(script, checksum(script), true)).toList();
  }

  /** As Flyway reckons it: over the lines, without what ends them. */
  private static int checksum(String script) {
    var resource = "/db/migration/" + script;
    var crc = new CRC32();
    try (var in = requireNonNull(MigrationHistory.class.getResourceAsStream(resource), resource);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).forEach(crc::update);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return (int) crc.getValue();
  }
}
