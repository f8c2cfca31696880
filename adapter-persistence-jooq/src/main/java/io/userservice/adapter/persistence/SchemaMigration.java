package io.userservice.adapter.persistence;

import io.userservice.application.driven.StoreUnavailable;
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

  private SchemaMigration() {}

  /**
   * Runs the migrations that are missing.
   *
   * @return how many were run
   * @throws StoreUnavailable when the database can't be reached, or something is in the way that
   *     passes by itself, another's lock say
   * @throws FlywayException when the schema isn't what the migrations made, or one of them fails
   */
  public static int run(DataSource dataSource) {
    if (isComplete(dataSource)) {
      return 0;
    }
    try {
      return Flyway.configure()
          .dataSource(new UnhurriedDataSource(dataSource))
          .lockRetryCount(UNTIL_IT_IS_HAD)
          .locations("classpath:db/migration")
          .load()
          .migrate()
          .migrationsExecuted;
    } catch (FlywayException failure) {
      throw sqlFailure(failure)
          .filter(SqlFailures::passes)
          .<RuntimeException>map(SqlFailures::unavailable)
          .orElse(failure);
    }
  }

  /**
   * Whether the schema has all that this version makes; a newer one may have added to it.
   *
   * @throws StoreUnavailable when the database can't be reached
   */
  public static boolean isComplete(DataSource dataSource) {
    try (var connection = dataSource.getConnection()) {
      return MigrationHistory.isComplete(connection);
    } catch (SQLException failure) {
      throw new StoreUnavailable("can't connect: " + rootMessage(failure), failure);
    }
  }

  private static Optional<SQLException> sqlFailure(FlywayException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }

  private static String rootMessage(SQLException failure) {
    return String.valueOf(
        Optional.ofNullable(failure.getCause())
            .map(Throwable::getMessage)
            .orElse(failure.getMessage()));
  }
}
