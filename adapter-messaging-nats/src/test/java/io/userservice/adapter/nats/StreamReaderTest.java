package io.userservice.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether there is more in a stream than a replica gave, as the stream's leader describes it. */
final class StreamReaderTest {
  @Test
  void what_the_leader_has_behind_the_last_that_was_read_is_missing() {
    assertThat(StreamReader.holds(1, List.of(), 10, 12)).isTrue();
    assertThat(StreamReader.holds(1, List.of(3L, 12L), 10, 12)).isTrue();
    assertThat(StreamReader.holds(12, List.of(), 10, 12)).isTrue();
  }

  @Test
  void a_stream_that_never_had_anything_misses_nothing() {
    assertThat(StreamReader.holds(0, List.of(), -1, 0)).isFalse();
    assertThat(StreamReader.holds(0, List.of(), 0, 0)).isFalse();
  }

  @Test
  void what_was_deleted_or_purged_there_is_not() {
    assertThat(StreamReader.holds(1, List.of(11L, 12L), 10, 12)).isFalse();
    assertThat(StreamReader.holds(13, List.of(), 10, 12)).isFalse();
    assertThat(StreamReader.holds(12, List.of(12L, 14L), 10, 12)).isFalse();
  }
}
