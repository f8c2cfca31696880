package io.userservice.adapter.persistence;

import io.userservice.application.driven.StoreRefused;
import io.userservice.application.driven.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to date. Several processes may do so at once: one works, the others wait. An
 * index of many millions of rows takes its time, and who gave up on it would begin it anew, again
 * and again: so neither the one that works nor those who wait have a limit.
 */
public final class SchemaMigration {
  private static final int UNTIL_IT_IS_HAD = -1;

  /** A row, that says it, where the first table is to be made and may not be. */
  private static final String LACKED_RIGHT =
      """
      select format(
        'permission denied for schema %1$I (grant create on schema %1$I to %2$I)',
        current_schema, current_user)
      where to_regclass('flyway_schema_history') is null
        and not has_schema_privilege(current_schema, 'create')\
      """;

  private SchemaMigration() {}

  /**
   * Runs the migrations that are missing.
   *
   * @return how many were run
   * @throws StoreUnavailable when the database can't be reached, or something is in the way that
   *     passes by itself, another's lock say
   * @throws StoreRefused when the role that connects may not do so
   * @throws FlywayException when the schema isn't what the migrations made, or one of them fails
   */
  public static int run(DataSource dataSource) {
    if (isComplete(dataSource)) {
      return 0;
    }
    requireRightToCreate(dataSource);
    try {
      return Flyway.configure()
          .dataSource(new UnhurriedDataSource(dataSource))
          .lockRetryCount(UNTIL_IT_IS_HAD)
          .locations("classpath:db/migration")
          .load()
          .migrate()
          .migrationsExecuted;
    } catch (FlywayException failure) {
      throw missingRight(failure).or(() -> unavailable(failure)).orElse(failure);
    }
  }

  /**
   * Whether the schema has all that this version makes; a newer one may have added to it.
   *
   * @throws StoreUnavailable when the database can't be reached
   * @throws StoreRefused when the role that connects may not look
   */
  public static boolean isComplete(DataSource dataSource) {
    try (var connection = dataSource.getConnection()) {
      return MigrationHistory.isComplete(connection);
    } catch (SQLException failure) {
      throw missingRight(failure)
          .orElseGet(() -> new StoreUnavailable("can't connect: " + reason(failure), failure));
    }
  }

  /** Or Flyway would try for nine seconds to make its own table. */
  private static void requireRightToCreate(DataSource dataSource) {
    var lacked = SqlFailures.translatingJdbc(dataSource, SchemaMigration::lackedRight);
    if (lacked.isPresent()) {
      throw new StoreRefused(lacked.get());
    }
  }

  private static Optional<String> lackedRight(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(LACKED_RIGHT)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /** By the last: the pool has its state from the driver, but not its words. */
  private static Optional<RuntimeException> missingRight(Throwable failure) {
    return last(sqlFailures(failure).filter(SqlFailures::isMissingRight))
        .map(refusal -> new StoreRefused(SqlFailures.told(refusal), refusal));
  }

  private static Optional<RuntimeException> unavailable(FlywayException failure) {
    return sqlFailures(failure)
        .findFirst()
        .filter(SqlFailures::passes)
        .map(SqlFailures::unavailable);
  }

  private static Stream<SQLException> sqlFailures(Throwable failure) {
    return causes(failure).filter(SQLException.class::isInstance).map(SQLException.class::cast);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  /** What the driver says, below what the pool does, and why: an unknown host only that names. */
  private static String reason(SQLException failure) {
    var told = last(sqlFailures(failure)).orElse(failure);
    return last(causes(told).skip(1))
        .map(
            root ->
                "%s (%s: %s)"
                    .formatted(
                        told.getMessage(), root.getClass().getSimpleName(), root.getMessage()))
        .orElseGet(() -> String.valueOf(told.getMessage()));
  }

  private static <T> Optional<T> last(Stream<T> some) {
    return some.reduce((_, next) -> next);
  }
}
