package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.StoreUnavailable;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

final class SqlFailuresTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "08001", "53300", "57P01", "57014", "58030", "40001", "40P01", "55P03", "25006"
      })
  void what_passes_by_itself_is_an_absence(String state) {
    assertThatThrownBy(() -> SqlFailures.translatingJdbc(() -> fail(state)))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42601", "42P01", "22021", "28P01", "XX000", "0"})
  void everything_else_is_a_bug(String state) {
    assertThatThrownBy(() -> SqlFailures.translatingJdbc(() -> fail(state)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(state);
  }

  @Test
  void a_unique_violation_is_known_by_its_constraint() {
    var failure = told("23505", "M»a_key« ist schon vergeben", "na_key");

    assertThat(SqlFailures.isUniqueViolation(failure, "a_key")).isTrue();
    assertThat(SqlFailures.isUniqueViolation(failure, "key")).isFalse();
    assertThat(SqlFailures.isUniqueViolation(told("23514", "na_key"), "a_key")).isFalse();
    assertThat(SqlFailures.isUniqueViolation(new SQLException("\"a_key\"", "23505"), "a_key"))
        .as("told by the driver itself, which knows no constraints")
        .isFalse();
  }

  /** An idempotency key is any visible ASCII, quotes included. */
  @Test
  void what_a_client_sent_names_no_constraint() {
    var failure = told("23505", "DKey (key)=(\"a_key\") already exists.", "nanother_key");

    assertThat(SqlFailures.isUniqueViolation(failure, "a_key")).isFalse();
  }

  /**
   * As the server says it.
   *
   * @param fields each begins with the letter that says what it is (PostgreSQL documentation,
   *     section 54.8)
   */
  private static SQLException told(String state, String... fields) {
    return new PSQLException(
        new ServerErrorMessage("C" + state + "\0" + String.join("\0", fields) + "\0\0"));
  }

  private static String fail(String state) throws SQLException {
    throw new SQLException("it failed", state);
  }
}
