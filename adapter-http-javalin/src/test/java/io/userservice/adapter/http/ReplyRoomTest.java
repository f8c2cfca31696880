package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReplyRoomTest {
  private static final int KIB = 1024;
  private static final Reply LARGE = of(100 * KIB);

  private final ReplyRoom room = new ReplyRoom(250 * KIB);

  @Test
  void large_answers_have_room_until_it_is_full_and_again_when_one_was_read() {
    assertThat(room.tryEnter(LARGE)).isTrue();
    assertThat(room.tryEnter(LARGE)).isTrue();
    assertThat(room.tryEnter(LARGE)).isFalse();

    room.left(LARGE);

    assertThat(room.tryEnter(LARGE)).isTrue();
  }

  @Test
  void small_ones_always_have() {
    for (var i = 0; i < 100; i++) {
      assertThat(room.tryEnter(of(64 * KIB))).isTrue();
    }
  }

  @Test
  void one_that_is_larger_than_the_room_has_it_all() {
    var huge = of(300 * KIB);

    assertThat(room.tryEnter(huge)).isTrue();
    assertThat(room.tryEnter(LARGE)).isFalse();
    room.left(huge);
    assertThat(room.tryEnter(LARGE)).isTrue();
  }

  private static Reply of(int length) {
    return Reply.bytes("application/json", new byte[length]);
  }
}
