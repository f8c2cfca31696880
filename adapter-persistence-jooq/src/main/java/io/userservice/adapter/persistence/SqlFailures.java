package io.userservice.adapter.persistence;

import io.userservice.application.driven.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a failure of the database means (SQLSTATEs: PostgreSQL documentation, appendix A). Failures
 * that pass by themselves become {@link StoreUnavailable}; all others are bugs, and fly as what
 * bugs are to those who know nothing of databases.
 */
final class SqlFailures {
  static final String UNIQUE_VIOLATION = "23505";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /**
   * Connection failures, too few resources, an operator's intervention (shutdown, cancelled by a
   * timeout), failures of the server's system, transactions rolled back for others' sake.
   */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "58", "40");

  private static final String LOCKED = "55P03";

  /** A lock that wasn't to be had in time; a server that is read-only, as a standby is. */
  private static final Set<String> PASSING_STATES = Set.of(LOCKED, "25006");

  private static final Set<String> UNDONE_FOR_OTHERS = Set.of("40001", "40P01");

  private SqlFailures() {}

  /** Work of JDBC. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Runs work of jOOQ. */
  static <T> T translating(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException failure) {
      throw translated(failure, Optional.ofNullable(failure.getCause(SQLException.class)));
    }
  }

  /** Runs work of JDBC. */
  static <T> T translatingJdbc(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException failure) {
      throw translated(
          new DataAccessException("SQLSTATE " + failure.getSQLState(), failure),
          Optional.of(failure));
    }
  }

  /** Work of JDBC that needs a connection. */
  @FunctionalInterface
  interface ConnectedWork<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Runs work of JDBC on a connection that it has for so long. */
  static <T> T translatingJdbc(DataSource dataSource, ConnectedWork<T> work) {
    return translatingJdbc(
        () -> {
          try (var connection = dataSource.getConnection()) {
            return work.run(connection);
          }
        });
  }

  private static RuntimeException translated(
      DataAccessException failure, Optional<SQLException> cause) {
    return cause
        .filter(SqlFailures::passes)
        .<RuntimeException>map(SqlFailures::unavailable)
        .orElseGet(() -> new IllegalStateException(String.valueOf(failure.getMessage()), failure));
  }

  static boolean passes(SQLException failure) {
    var state = Optional.ofNullable(failure.getSQLState()).orElse("");
    return failure instanceof SQLTransientConnectionException
        || PASSING_STATES.contains(state)
        || state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2));
  }

  /**
   * Whether the connection failed, so that nobody knows what became of the statement. An error that
   * the server answered with has undone the statement.
   */
  static boolean isOfTheConnection(SQLException failure) {
    var state = Optional.ofNullable(failure.getSQLState()).orElse("08");
    return failure instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P");
  }

  /**
   * Whether the statement was undone for the sake of others: it was in a deadlock with them, or
   * couldn't be put in a row with them. Run again, it may well succeed.
   */
  static boolean isUndoneForOthers(SQLException failure) {
    return UNDONE_FOR_OTHERS.contains(String.valueOf(failure.getSQLState()));
  }

  /** Whether the statement was undone because somebody holds a lock for longer than it waits. */
  static boolean isLocked(SQLException failure) {
    return LOCKED.equals(failure.getSQLState());
  }

  static StoreUnavailable unavailable(SQLException failure) {
    var state = Optional.ofNullable(failure.getSQLState()).orElse("none");
    return new StoreUnavailable(
        "the database doesn't answer (SQLSTATE %s): %s".formatted(state, failure.getMessage()),
        failure);
  }

  /** Whether the role may not do what it tried. */
  static boolean isMissingRight(SQLException failure) {
    return INSUFFICIENT_PRIVILEGE.equals(failure.getSQLState());
  }

  /** What PostgreSQL itself said, in a line, without what the driver knows to add. */
  static String told(SQLException failure) {
    return Optional.of(failure)
        .filter(PSQLException.class::isInstance)
        .map(PSQLException.class::cast)
        .map(PSQLException::getServerErrorMessage)
        .map(ServerErrorMessage::getMessage)
        .orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  /** By the field that names it: the message is in the server's language, and quotes clients. */
  static boolean isUniqueViolation(SQLException failure, String constraint) {
    return UNIQUE_VIOLATION.equals(failure.getSQLState())
        && failure instanceof PSQLException told
        && told.getServerErrorMessage() != null
        && constraint.equals(told.getServerErrorMessage().getConstraint());
  }
}
