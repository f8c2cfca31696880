package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.userservice.adapter.persistence.Persistence;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HousekeepingTest {

  @Test
  void an_error_amid_one_part_ends_neither_the_other_nor_the_timer() {
    try (var database = new Failing();
        var housekeeping =
            new Housekeeping(
                new Persistence(database, () -> {}), Optional.of(Duration.ofDays(8)))) {
      housekeeping.sweep();

      assertThat(database.asked).isEqualTo(2);
    }
  }

  private static final class Failing extends HikariDataSource {
    private int asked;

    @Override
    public Connection getConnection() {
      asked++;
      throw new StackOverflowError("on purpose");
    }
  }
}
