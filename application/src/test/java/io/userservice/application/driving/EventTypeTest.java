package io.userservice.application.driving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EventTypeTest {

  @ParameterizedTest
  @EnumSource(EventType.class)
  void a_type_is_found_by_its_published_name(EventType type) {
    assertThat(EventType.of(type.value())).contains(type);
    assertThat(type).hasToString(type.value());
  }

  @Test
  void no_other_name_is_one() {
    assertThat(EventType.of("user.renamed")).isEmpty();
  }
}
