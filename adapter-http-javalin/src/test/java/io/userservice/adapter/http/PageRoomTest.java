package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.http.problem.Problem;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PageRoomTest {
  private static final Reply PAGE = Reply.empty(200);

  private final PageRoom room = new PageRoom();

  @Test
  void pages_are_made_together_as_long_as_there_is_room() throws Exception {
    var gate = new CountDownLatch(1);
    var inTheMaking = new AtomicInteger();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 5; i++) {
        clients.submit(
            () ->
                room.ofUsers(
                    200,
                    () -> {
                      inTheMaking.incrementAndGet();
                      awaitOpen(gate);
                      return PAGE;
                    }));
      }
      await().until(() -> inTheMaking.get() == 4);
      var small = clients.submit(() -> room.ofUsers(1, () -> PAGE));

      gate.countDown();

      assertThat(small.get()).isEqualTo(PAGE);
      await().until(() -> inTheMaking.get() == 5);
    }
  }

  private static void awaitOpen(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void who_fails_takes_no_room() {
    for (var i = 0; i < 10; i++) {
      assertThatThrownBy(
              () ->
                  room.ofUsers(
                      200,
                      () -> {
                        throw new IllegalStateException("no page");
                      }))
          .hasMessage("no page");
    }

    assertThat(room.ofUsers(PageRoom.USERS, () -> PAGE)).isEqualTo(PAGE);
  }

  @Test
  void an_event_takes_as_much_as_two_users() {
    var impatient = new PageRoom(Duration.ofMillis(20));

    assertThat(impatient.ofUsers(PageRoom.USERS - 2, () -> impatient.ofEvents(1, () -> PAGE)))
        .isEqualTo(PAGE);
    assertThatThrownBy(
            () -> impatient.ofUsers(PageRoom.USERS - 1, () -> impatient.ofEvents(1, () -> PAGE)))
        .isInstanceOf(Problem.Raised.class);
  }

  @Test
  void who_finds_no_room_in_time_is_told_so() {
    var impatient = new PageRoom(Duration.ofMillis(20));

    assertThatThrownBy(
            () -> impatient.ofUsers(PageRoom.USERS, () -> impatient.ofUsers(1, () -> PAGE)))
        .isInstanceOfSatisfying(
            Problem.Raised.class,
            raised -> assertThat(raised.problem().type().status()).isEqualTo(503));
  }
}
