package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/** A lane goes on, whatever happens to those who travel on it. */
final class LaneTest {
  private final CountDownLatch gate = new CountDownLatch(1);

  private List<Call<String, String>> echo(List<Call<String, String>> batch) {
    batch.stream().filter(Call::begin).forEach(this::answer);
    return List.of();
  }

  private void answer(Call<String, String> call) {
    switch (call.question()) {
      case "error" -> throw new StackOverflowError("as deep as that");
      case "slow" -> {
        awaitGate();
        call.end("slow");
      }
      default -> call.end(call.question());
    }
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void an_error_is_that_of_the_batch_and_not_the_end_of_the_lane() {
    var lane = new Lane<>("test", this::echo);

    assertThatThrownBy(() -> lane.ask("error"))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(StackOverflowError.class);

    assertThat(lane.ask("next")).isEqualTo("next");
  }

  @Test
  void an_error_on_the_way_to_a_batch_is_not_the_end_of_the_lane_either() {
    var lane =
        new Lane<String, String>(
            "test", batch -> isFirst(batch) ? new OutOfMemory<>(batch) : echo(batch));

    assertThatThrownBy(() -> lane.ask("first"))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(OutOfMemoryError.class);

    assertThat(lane.ask("next")).isEqualTo("next");
  }

  private static boolean isFirst(List<Call<String, String>> batch) {
    return batch.getFirst().question().equals("first");
  }

  /** What has no room to be copied. */
  private static final class OutOfMemory<T> extends ArrayList<T> {
    private static final long serialVersionUID = 1;

    OutOfMemory(List<T> elements) {
      super(elements);
    }

    @Override
    public Object[] toArray() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Test
  void without_another_thread_whoever_travels_does_the_work_of_those_who_came_meanwhile()
      throws Exception {
    ThreadFactory none =
        _ -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    var lane = new Lane<>(this::echo, none);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = Thread.ofPlatform().start(() -> lane.ask("slow"));
      await().until(first::getState, Thread.State.WAITING::equals);
      var second = clients.submit(() -> lane.ask("second"));
      await().until(() -> lane.waiting() == 1);
      gate.countDown();

      assertThat(second.get()).isEqualTo("second");
      first.join();
      assertThat(lane.ask("third")).isEqualTo("third");
    }
  }
}
