package io.userservice.application.driving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PositionTest {

  @Test
  void a_position_is_0_or_greater() {
    assertThat(new Position(0)).isEqualTo(Position.START);
    assertThatThrownBy(() -> new Position(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not -1");
  }
}
