package io.userservice.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class VersionTest {

  @Test
  void counts_from_1() {
    assertThat(new Version(1)).isEqualTo(Version.FIRST);
    assertThat(Version.FIRST.next()).isEqualTo(new Version(2));
    assertThatThrownBy(() -> new Version(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void is_in_the_order_of_its_number() {
    assertThat(new Version(9)).isLessThan(new Version(10)).isGreaterThan(new Version(8));
  }
}
