package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
  private final ArrayList<Long> runs = new ArrayList<>();

  @Test
  void a_throttled_action_runs_once_in_a_while() {
    var throttle = new Throttle(Duration.ofHours(1));

    throttle.run(runs::add);
    throttle.run(runs::add);
    throttle.run(runs::add);

    assertThat(runs).containsExactly(0L);
  }

  @Test
  void after_a_while_it_runs_again_and_tells_how_often_it_was_held_back() {
    var throttle = new Throttle(Duration.ZERO);

    throttle.run(runs::add);
    throttle.run(runs::add);

    assertThat(runs).containsExactly(0L, 0L);
  }

  @Test
  void a_reset_lets_it_run_at_once() {
    var throttle = new Throttle(Duration.ofHours(1));
    throttle.run(runs::add);
    throttle.run(runs::add);

    throttle.reset();
    throttle.run(runs::add);

    assertThat(runs).containsExactly(0L, 0L);
  }

  @Test
  void nobody_waits_for_what_the_action_does() {
    var throttle = new Throttle(Duration.ofHours(1));
    var held = new ArrayList<Boolean>();

    throttle.run(_ -> held.add(Thread.holdsLock(throttle)));

    assertThat(held).containsExactly(false);
  }
}
