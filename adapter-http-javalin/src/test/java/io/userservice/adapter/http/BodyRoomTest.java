package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.http.problem.Unavailable;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BodyRoomTest {
  private static final int KIB = 1024;

  private final BodyRoom room = new BodyRoom(200 * KIB, 100 * KIB, Duration.ofMillis(20));

  @Test
  void what_has_arrived_of_large_bodies_has_room_until_it_is_full_and_again_when_one_is_done() {
    try (var other = room.place()) {
      try (var first = room.place()) {
        first.arrived(50 * KIB);
        first.arrived(150 * KIB);

        assertIsRefused(() -> other.arrived(51 * KIB));
        other.arrived(50 * KIB);
        assertIsRefused(() -> other.arrived(51 * KIB));
      }

      other.arrived(200 * KIB);
    }
  }

  @Test
  void small_ones_always_have() {
    try (var all = room.place()) {
      all.arrived(200 * KIB);
      all.work();
      try (var small = room.place()) {
        small.arrived(KIB);
        small.work();

        assertIsRefused(() -> small.arrived(KIB + 1));
      }
    }
  }

  @Test
  void small_ones_do_not_even_wait_behind_large_ones() throws Exception {
    var patient = new BodyRoom(200 * KIB, 100 * KIB, Duration.ofSeconds(20));
    try (var clients = Executors.newVirtualThreadPerTaskExecutor();
        var second = patient.place();
        var small = patient.place()) {
      var first = patient.place();
      first.arrived(100 * KIB);
      first.work();
      second.arrived(50 * KIB);
      var waits = Thread.ofPlatform().daemon().start(second::work);
      await().until(() -> waits.getState() == Thread.State.TIMED_WAITING);
      small.arrived(KIB);

      clients.submit(small::work).get(5, TimeUnit.SECONDS);

      assertThat(waits.isAlive()).isTrue();
      first.close();
      waits.join();
    }
  }

  @Test
  void who_has_arrived_waits_for_those_that_are_worked_on() throws Exception {
    var patient = new BodyRoom(200 * KIB, 100 * KIB, Duration.ofSeconds(20));
    try (var clients = Executors.newVirtualThreadPerTaskExecutor();
        var second = patient.place()) {
      second.arrived(50 * KIB);
      var first = patient.place();
      first.arrived(60 * KIB);
      first.work();

      var work = clients.submit(second::work);
      first.close();

      work.get();
    }
  }

  @Test
  void who_finds_no_room_to_be_worked_on_in_time_is_told_so() {
    try (var first = room.place();
        var second = room.place()) {
      first.arrived(60 * KIB);
      first.work();
      second.arrived(50 * KIB);

      assertIsRefused(second::work);
    }
    try (var third = room.place();
        var fourth = room.place()) {
      third.arrived(100 * KIB);
      third.work();
      fourth.arrived(2 * KIB);
      assertIsRefused(fourth::work);
    }
  }

  @Test
  void what_is_stored_is_worked_on_like_what_has_arrived() {
    try (var first = room.place();
        var second = room.place();
        var third = room.place()) {
      first.workWith(60 * KIB);
      second.arrived(2 * KIB);

      assertThat(first.isLarge()).isFalse();
      assertThat(second.isLarge()).isTrue();
      assertIsRefused(() -> second.workWith(50 * KIB));
      second.workWith(40 * KIB);
      second.workWith(100 * KIB); // is at work already
      assertIsRefused(() -> third.workWith(1));
    }
  }

  @Test
  void one_that_is_larger_than_the_room_to_work_has_it_all() {
    try (var huge = room.place();
        var other = room.place()) {
      huge.arrived(150 * KIB);
      huge.work();
      other.arrived(50 * KIB);

      assertIsRefused(other::work);
    }
  }

  private static void assertIsRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Unavailable.class, full -> assertThat(full.reason()).isEqualTo(Reason.BUSY));
  }
}
