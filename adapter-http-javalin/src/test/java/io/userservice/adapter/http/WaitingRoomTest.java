package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.http.problem.Unavailable;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WaitingRoomTest {
  private static final int PLACES = 4;

  @Test
  void nobody_comes_before_who_waits() throws Exception {
    var room = new WaitingRoom(PLACES, Duration.ofSeconds(20));
    room.enter(1);
    var large = started(() -> room.enter(PLACES));
    var small = started(() -> room.enter(1));

    assertThat(large.getState()).isEqualTo(Thread.State.TIMED_WAITING);
    assertThat(small.getState()).as("though there is a place").isEqualTo(large.getState());

    room.leave(1);
    large.join();
    room.leave(PLACES);
    small.join();
  }

  /** Until it waits, or has ended. */
  private static Thread started(Runnable work) {
    var thread = Thread.ofPlatform().daemon().start(work);
    await()
        .until(
            () ->
                switch (thread.getState()) {
                  case TIMED_WAITING, TERMINATED -> true;
                  case NEW, RUNNABLE, BLOCKED, WAITING -> false;
                });
    return thread;
  }

  @Test
  void who_finds_no_place_in_time_is_told_so_and_has_none() {
    var room = new WaitingRoom(PLACES, Duration.ofMillis(20));
    room.enter(PLACES);

    assertThatThrownBy(() -> room.enter(1))
        .isInstanceOfSatisfying(
            Unavailable.class, full -> assertThat(full.reason()).isEqualTo(Reason.BUSY));

    room.leave(PLACES);
    room.enter(PLACES);
  }

  @Test
  void who_is_interrupted_gives_up_and_stays_interrupted() {
    var room = new WaitingRoom(PLACES, Duration.ofSeconds(20));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> room.enter(1)).isInstanceOf(Unavailable.class);
    assertThat(Thread.interrupted()).isTrue();
    room.enter(PLACES);
  }
}
