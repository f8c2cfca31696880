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
                room.make(
                    200,
                    () -> {
                      inTheMaking.incrementAndGet();
                      awaitOpen(gate);
                      return PAGE;
                    }));
      }
      await().until(() -> inTheMaking.get() == 4);
      var small = clients.submit(() -> room.make(1, () -> PAGE));

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
                  room.make(
                      200,
                      () -> {
                        throw new IllegalStateException("no page");
                      }))
          .hasMessage("no page");
    }

    assertThat(room.make(PageRoom.ITEMS, () -> PAGE)).isEqualTo(PAGE);
  }

  @Test
  void who_finds_no_room_in_time_is_told_so() {
    var impatient = new PageRoom(Duration.ofMillis(20));

    assertThatThrownBy(() -> impatient.make(PageRoom.ITEMS, () -> impatient.make(1, () -> PAGE)))
        .isInstanceOfSatisfying(
            Problem.Raised.class,
            raised -> assertThat(raised.problem().type().status()).isEqualTo(503));
  }
}
