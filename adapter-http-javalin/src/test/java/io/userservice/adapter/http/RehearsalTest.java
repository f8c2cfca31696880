package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void nothing_stops_it_on_its_way() {
    assertThatCode(HttpApi::prepare).doesNotThrowAnyException();
  }
}
