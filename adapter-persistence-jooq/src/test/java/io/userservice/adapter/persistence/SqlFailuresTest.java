package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.StoreUnavailable;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    var failure =
        new SQLException("duplicate key value violates unique constraint \"a_key\"", "23505");

    assertThat(SqlFailures.isUniqueViolation(failure, "a_key")).isTrue();
    assertThat(SqlFailures.isUniqueViolation(failure, "key")).isFalse();
    assertThat(SqlFailures.isUniqueViolation(new SQLException("\"a_key\"", "23514"), "a_key"))
        .isFalse();
  }

  private static String fail(String state) throws SQLException {
    throw new SQLException("it failed", state);
  }
}
